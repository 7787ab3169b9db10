package dev.daypass.console;

import dev.daypass.broker.Records;
import dev.daypass.http.Form;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.store.StoredFact;
import dev.daypass.store.UsageRow;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.List;

/// The ledger and what is counted from it.
final class LedgerEndpoints {
    private final ConsoleParts parts;

    LedgerEndpoints(ConsoleParts parts) {
        this.parts = parts;
    }

    Response usage(Request request, String operator) {
        return Response.json(
                200,
                Json.array(
                        parts.records().usage(TenantId.DEFAULT).stream()
                                .map(LedgerEndpoints::usage)
                                .toList()));
    }

    private static Json usage(UsageRow row) {
        return Json.object()
                .put("agent", row.agent())
                .put("service", row.service())
                .put("day", row.day().toString())
                .put("calls", row.calls())
                .put("refused", row.refused())
                .build();
    }

    Response facts(Request request, String operator) {
        Form query = request.queryForm();
        List<StoredFact> facts =
                parts.records()
                        .facts(
                                number(query, "from", 1),
                                (int) number(query, "limit", Records.PAGE));
        boolean kept = query.getOr("as", "told").equals("kept");
        return Response.json(
                200, Json.array(facts.stream().map(fact -> fact(fact, kept)).toList()));
    }

    /// @param kept as the tree commits to it, what is personal sealed; else as it can be read
    private static Json fact(StoredFact fact, boolean kept) {
        Entry entry = kept ? fact.kept() : fact.entry();
        var members = new java.util.LinkedHashMap<>(entry.toJson().members());
        members.put("leaf", Json.of(fact.leaf().toString()));
        return Json.obj(members);
    }

    private static long number(Form query, String name, long otherwise) {
        try {
            return Math.clamp(
                    Long.parseLong(query.getOr(name, Long.toString(otherwise))),
                    1,
                    name.equals("limit") ? Records.PAGE : Long.MAX_VALUE);
        } catch (NumberFormatException _) {
            throw new WireException("`%s` must be a number".formatted(name));
        }
    }

    Response report(Request request, String operator) {
        try {
            return parts.records()
                    .report(TenantId.DEFAULT, new AccountId(request.variable("id")))
                    .map(report -> Response.json(200, report))
                    .orElseGet(LedgerEndpoints::noSuchAccount);
        } catch (InvalidName _) {
            return noSuchAccount();
        }
    }

    private static Response noSuchAccount() {
        return Problem.notFound("the ledger knows no such account").toResponse();
    }

    Response verify(Request request, String operator) {
        Records.Verification verified = parts.records().verify();
        String objection = verified.objection();
        return Response.json(
                200,
                Json.object()
                        .put("verified", objection.isEmpty())
                        .put("objection", objection.isEmpty() ? null : objection)
                        .put("facts", verified.tree().size())
                        .put("root", verified.tree().root().toString())
                        .build());
    }
}
