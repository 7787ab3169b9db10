package dev.daypass.examples;

import dev.daypass.wire.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// What the library holds of one paper.
///
/// @param id such as `p-1706`
/// @param head what people find it by
/// @param pdf the whole file; not to be changed
/// @param sha256 of the file, in lower-case hex
record Paper(String id, Head head, Buffer pdf, String sha256) {
    /// @param title in words
    /// @param authors in order
    /// @param year of writing; 0 where nobody said
    /// @param keywords in no order
    /// @param summary the abstract, or empty
    record Head(
            String title, List<String> authors, int year, List<String> keywords, String summary) {
        Head {
            authors = List.copyOf(authors);
            keywords = List.copyOf(keywords);
        }
    }

    static Paper of(String id, Head head, byte[] pdf) {
        String sha256 = HexFormat.of().formatHex(PdfFile.sha256(pdf));
        return new Paper(id, head, Buffer.buffer(pdf), sha256);
    }

    static Paper set(PaperText text) {
        var head =
                new Head(
                        text.title(), text.authors(), text.year(), text.keywords(), text.summary());
        return of(text.id(), head, Typesetter.pdf(text));
    }

    /// Whether every word of `query` is somewhere in its head.
    boolean about(String query) {
        String text =
                String.join(
                                " ",
                                id,
                                head.title(),
                                String.join(" ", head.authors()),
                                String.join(" ", head.keywords()),
                                head.summary())
                        .toLowerCase(Locale.ROOT);
        return Arrays.stream(query.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .allMatch(text::contains);
    }

    Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("title", head.title())
                .put("authors", Json.strings(head.authors()))
                .put("year", head.year() == 0 ? null : Json.of(head.year()))
                .put("keywords", Json.strings(head.keywords()))
                .put("summary", head.summary())
                .put("bytes", pdf.length())
                .put("sha256", sha256)
                .put("pdf", "/papers/" + id + "/pdf")
                .build();
    }
}
