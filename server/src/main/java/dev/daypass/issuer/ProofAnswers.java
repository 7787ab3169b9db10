package dev.daypass.issuer;

import dev.daypass.checkpoint.LedgerProofs;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What agents and operators are told of what the ledger proves.
public final class ProofAnswers {
    private static final int DIGITS_MAX = 19;

    private ProofAnswers() {}

    public static Response checkpoint(LedgerProofs proofs) {
        return Response.text(200, "text/plain; charset=utf-8", proofs.checkpoint().toString())
                .with("cache-control", "no-cache");
    }

    public static Response proof(NoteKey key, Optional<LedgerProofs.Proved> proved) {
        return proved.map(it -> Response.json(200, json(key, it)))
                .orElseGet(ProofAnswers::noSuchFacts);
    }

    private static Json.Obj json(NoteKey key, LedgerProofs.Proved proved) {
        return Json.object()
                .put("fact", proved.fact().entry().toJson())
                .put("entry", new String(proved.fact().kept().canonical(), StandardCharsets.UTF_8))
                .put("proof", proved.proof().toString())
                .put("key", key.toString())
                .build();
    }

    public static Response consistency(LedgerProofs proofs, Request request) {
        long from = whole(request.queryForm().getOr("from", ""));
        return proofs.consistency(from)
                .map(found ->
                        Response.json(
                                200,
                                Json.object()
                                        .put("from", from)
                                        .put("proof", hashes(found.hashes()))
                                        .put("checkpoint", found.checkpoint().toString())
                                        .build()))
                .orElseGet(ProofAnswers::noSuchFacts);
    }

    private static Json.Arr hashes(List<TreeHash> hashes) {
        return Json.strings(hashes.stream().map(TreeHash::toString).toList());
    }

    public static Response noSuchFacts() {
        return Problem.notFound("no such fact, or not one that may be seen")
                .next("ask for a fact of an account of this agent")
                .toResponse();
    }

    /// The number of the fact that the path names.
    public static long number(Request request) {
        return whole(request.variable("n"));
    }

    /// @throws WireException if it is no number
    public static long whole(String digits) {
        if (digits.isEmpty()
                || digits.length() > DIGITS_MAX
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new WireException("the number of a fact is decimal");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new WireException("the number of a fact has at most 18 digits");
        }
    }
}
