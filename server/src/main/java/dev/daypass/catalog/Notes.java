package dev.daypass.catalog;

import java.util.ArrayList;
import java.util.List;

/// What an import left out, in the order it was met; at most 10,000 lines, then only a count.
final class Notes {
    static final int NOTES_MAX = 10_000;
    private static final int WHERE_CHARS_MAX = 300;
    private static final int WHY_CHARS_MAX = 400;

    private final List<OpenApiImport.Skipped> skipped = new ArrayList<>();
    private int more;

    void add(String where, String why) {
        if (skipped.size() >= NOTES_MAX) {
            more++;
            return;
        }
        skipped.add(
                new OpenApiImport.Skipped(
                        PlainText.clip(where, WHERE_CHARS_MAX),
                        PlainText.clip(why, WHY_CHARS_MAX)));
    }

    List<OpenApiImport.Skipped> all() {
        var out = new ArrayList<>(skipped);
        if (more > 0) {
            out.add(
                    new OpenApiImport.Skipped(
                            "the rest of the document",
                            "%d more notes like these".formatted(more)));
        }
        return List.copyOf(out);
    }
}
