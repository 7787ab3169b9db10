package dev.daypass.broker;

import dev.daypass.ledger.Entry;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// What is told of a try to widen an account: from the newest fact about it.
final class WideningJson {
    private WideningJson() {}

    static Json.Obj told(StoredFact fact) {
        return told(fact.entry());
    }

    static Json.Obj told(Entry fact) {
        JsonFields body = JsonFields.of(fact.body());
        var out = new LinkedHashMap<String, Json>();
        out.put(
                "state",
                Json.of(
                        switch (fact.type()) {
                            case "WideningAsked" -> "awaiting_approval";
                            case "AccountWidened" -> "granted";
                            default -> "refused";
                        }));
        out.put("at", Json.of(fact.time().truncatedTo(ChronoUnit.SECONDS).toString()));
        if (body.take("widening") instanceof Json.Obj(var members)) {
            out.putAll(members);
        }
        put(out, "by", body.take("approved_by"));
        put(out, "by", body.take("by"));
        put(out, "step", body.take("step"));
        put(out, "why", body.take("why"));
        put(out, "needs", body.take("rules"));
        return Json.obj(out);
    }

    private static void put(LinkedHashMap<String, Json> out, String name, @Nullable Json value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
