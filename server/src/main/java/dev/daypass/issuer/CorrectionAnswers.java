package dev.daypass.issuer;

import dev.daypass.store.Correction;
import dev.daypass.wire.Json;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// How it is told that an operator said what an operation does to the world.
public final class CorrectionAnswers {
    private static final String OPERATOR = "operator:";

    private CorrectionAnswers() {}

    /// Who said it and when.
    public static Map<String, Json> members(Correction correction) {
        String by = correction.by();
        var out = new LinkedHashMap<String, Json>();
        out.put(
                "corrected_by",
                Json.of(by.startsWith(OPERATOR) ? by.substring(OPERATOR.length()) : by));
        out.put(
                "corrected_at",
                Json.of(correction.at().truncatedTo(ChronoUnit.SECONDS).toString()));
        return out;
    }
}
