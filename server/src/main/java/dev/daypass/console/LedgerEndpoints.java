package dev.daypass.console;

import dev.daypass.http.Form;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.HashChain;
import dev.daypass.store.StoredFact;
import dev.daypass.store.UsageRow;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.List;

/// The ledger and what is counted from it.
final class LedgerEndpoints {
    private static final int PAGE = 1_000;

    private final ConsoleParts parts;

    LedgerEndpoints(ConsoleParts parts) {
        this.parts = parts;
    }

    Response usage(Request request, String operator) {
        return Response.json(
                200,
                Json.array(
                        parts.store().usage(TenantId.DEFAULT).stream()
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
                parts.store().facts(number(query, "from", 1), (int) number(query, "limit", PAGE));
        return Response.json(200, Json.array(facts.stream().map(LedgerEndpoints::fact).toList()));
    }

    private static Json fact(StoredFact fact) {
        var members = new java.util.LinkedHashMap<>(fact.entry().toJson().members());
        members.put("link", Json.of(fact.link()));
        return Json.obj(members);
    }

    private static long number(Form query, String name, long otherwise) {
        try {
            return Math.clamp(
                    Long.parseLong(query.getOr(name, Long.toString(otherwise))),
                    1,
                    name.equals("limit") ? PAGE : Long.MAX_VALUE);
        } catch (NumberFormatException _) {
            throw new WireException("`%s` must be a number".formatted(name));
        }
    }

    /// Reads the whole ledger and checks every link.
    Response verify(Request request, String operator) {
        var check = new HashChain.Check();
        String objection = "";
        List<StoredFact> page = parts.store().facts(1, PAGE);
        while (!page.isEmpty() && objection.isEmpty()) {
            for (StoredFact fact : page) {
                if (objection.isEmpty()) {
                    objection = check.objection(fact.entry(), Base64Url.decode(fact.link()));
                }
            }
            page = parts.store().facts(page.getLast().entry().sequence() + 1, PAGE);
        }
        return Response.json(
                200,
                Json.object()
                        .put("verified", objection.isEmpty())
                        .put("objection", objection.isEmpty() ? null : objection)
                        .put("facts", check.facts())
                        .put("head", Base64Url.encode(check.head()))
                        .build());
    }
}
