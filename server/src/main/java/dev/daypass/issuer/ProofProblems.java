package dev.daypass.issuer;

import dev.daypass.dpop.Proofs;
import dev.daypass.http.Problem;

/// What is wrong with the DPoP proof of a request to the agent API.
final class ProofProblems {
    private ProofProblems() {}

    static Problem invalid(String why) {
        return Problem.of("invalid-proof", "DPoP proof not accepted", 400, why)
                .at("authenticate")
                .next("make a new proof for this very request and send it again");
    }

    static Problem nonceWanted(String why, String nonce) {
        return Problem.of("nonce-wanted", "DPoP nonce wanted", 400, why)
                .at("authenticate")
                .next("make a new proof with the nonce in `DPoP-Nonce` and send it again")
                .header(Proofs.NONCE_FIELD, nonce);
    }
}
