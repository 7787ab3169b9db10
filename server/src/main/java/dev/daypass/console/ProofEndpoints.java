package dev.daypass.console;

import dev.daypass.checkpoint.LedgerProofs;
import dev.daypass.http.Body;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.issuer.ProofAnswers;
import dev.daypass.ledger.ExportFile;
import dev.daypass.ledger.TilePath;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.Map;
import java.util.Optional;

/// The ledger as a transparency log: checkpoint, tiles, proofs, and what an export begins and ends
/// with.
final class ProofEndpoints {
    private static final String FOREVER = "private, max-age=31536000, immutable";

    private final LedgerProofs proofs;

    ProofEndpoints(LedgerProofs proofs) {
        this.proofs = proofs;
    }

    Response checkpoint(Request request, String operator) {
        return ProofAnswers.checkpoint(proofs);
    }

    Response key(Request request, String operator) {
        return Response.text(200, "text/plain; charset=utf-8", proofs.key() + "\n");
    }

    Response proof(Request request, String operator) {
        return ProofAnswers.proof(proofs.key(), proofs.proof(ProofAnswers.number(request)));
    }

    Response consistency(Request request, String operator) {
        return ProofAnswers.consistency(proofs, request);
    }

    Response range(Request request, String operator) {
        var query = request.queryForm();
        Optional<ExportFile.Range> range =
                proofs.range(
                        ProofAnswers.whole(query.getOr("from", "1")),
                        ProofAnswers.whole(query.getOr("to", Long.toString(Long.MAX_VALUE))));
        return range.map(found ->
                        Response.json(
                                200,
                                Json.object()
                                        .put("head", found.head())
                                        .put("foot", found.foot())
                                        .build()))
                .orElseGet(ProofAnswers::noSuchFacts);
    }

    Response tile(Request request, String operator) {
        TilePath path;
        try {
            path = TilePath.parse(path(request));
        } catch (WireException e) {
            return Problem.notFound(String.valueOf(e.getMessage())).toResponse();
        }
        return proofs.tile(path)
                .map(bytes ->
                        new Response(
                                200,
                                Map.of(
                                        "content-type",
                                        "application/octet-stream",
                                        "cache-control",
                                        FOREVER),
                                Body.of(bytes)))
                .orElseGet(() ->
                        Problem.notFound("the signed tree has no such tile, or not so wide")
                                .next("read the checkpoint; its size says which tiles there are")
                                .toResponse());
    }

    private static String path(Request request) {
        String whole = request.path();
        String before = "/tile/";
        return whole.substring(whole.indexOf(before) + before.length());
    }
}
