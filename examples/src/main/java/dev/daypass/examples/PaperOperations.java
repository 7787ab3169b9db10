package dev.daypass.examples;

import dev.daypass.wire.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The shelf, and who reads from it. Used by one event loop only.
final class PaperOperations {
    static final int UPLOAD_BYTES_MAX = 8 << 20;
    private static final int PAPERS_MAX = 64;
    private static final int FOUND_MAX = 50;
    private static final int TITLE_CHARS_MAX = 200;
    private static final byte[] MAGIC = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> IDS =
            List.of("p-1706", "p-1815", "p-1911", "p-2003", "p-2107", "p-2212");
    private static final List<Reader> READERS =
            List.of(
                    new Reader("r-1", "Agnes Bell", "agnes@example.org", List.of("p-1706")),
                    new Reader("r-2", "Hugo Stern", "hugo@example.org", List.of()),
                    new Reader(
                            "r-3", "Lena Park", "lena@example.org", List.of("p-2003", "p-2107")));

    private final Map<String, Paper> papers = new LinkedHashMap<>();
    private int uploads;

    PaperOperations() {
        IDS.forEach(id -> papers.put(id, Paper.set(PaperText.read(id))));
    }

    private record Reader(String id, String name, String email, List<String> borrowed) {
        Json.Obj toJson() {
            return Json.object()
                    .put("id", id)
                    .put("name", name)
                    .put("email", email)
                    .put("borrowed", Json.strings(borrowed))
                    .build();
        }
    }

    private interface OnPaper {
        Answer answer(Paper paper);
    }

    List<Route> routes() {
        String one = "/papers/{paperId}";
        return List.of(
                Route.get("/papers", this::search),
                new Route(
                        HttpMethod.POST,
                        Route.segments("/papers"),
                        new Route.Work.Whole(UPLOAD_BYTES_MAX, this::upload)),
                Route.get(one, onPaper(paper -> Answer.json(200, paper.toJson()))),
                Route.whole(HttpMethod.DELETE, one, onPaper(this::delete)),
                Route.get(one + "/pdf", onPaper(PaperOperations::pdf)),
                Route.get("/readers", _ -> readers()));
    }

    private Function<Call, Answer> onPaper(OnPaper operation) {
        return call -> {
            String id = call.variable("paperId");
            return Optional.ofNullable(papers.get(id))
                    .map(operation::answer)
                    .orElseGet(() -> Answer.notFound("paper", id));
        };
    }

    private Answer search(Call call) {
        String words = call.queryOr("q", "");
        int max = call.max(FOUND_MAX);
        List<Json.Obj> found =
                papers.values().stream()
                        .filter(paper -> paper.about(words))
                        .sorted(Comparator.comparingInt((Paper p) -> p.head().year()).reversed())
                        .limit(max)
                        .map(Paper::toJson)
                        .toList();
        return Answer.json(200, Json.object().put("papers", Json.array(found)).build());
    }

    private Answer upload(Call call) {
        String title = call.required("title").strip();
        if (!call.contentType().equals("application/pdf")) {
            return Answer.problem(
                    415,
                    "Unsupported media type",
                    "`%s` is not application/pdf".formatted(call.contentType()));
        }
        if (title.length() > TITLE_CHARS_MAX || !startsLikePdf(call.body())) {
            return Answer.problem(
                    400,
                    "Bad request",
                    "expected a body that starts with %%PDF- and a title of at most %d characters"
                            .formatted(TITLE_CHARS_MAX));
        }
        if (papers.size() >= PAPERS_MAX) {
            return Answer.problem(409, "Full", "the library holds %d papers".formatted(PAPERS_MAX));
        }
        uploads++;
        var head = new Paper.Head(title, List.of(), 0, List.of(), "");
        Paper paper = Paper.of("p-" + (9000 + uploads), head, call.body().getBytes());
        papers.put(paper.id(), paper);
        return Answer.json(201, paper.toJson()).with("Location", "/papers/" + paper.id());
    }

    private static boolean startsLikePdf(Buffer body) {
        return body.length() >= MAGIC.length
                && body.slice(0, MAGIC.length).equals(Buffer.buffer(MAGIC));
    }

    private Answer delete(Paper paper) {
        papers.remove(paper.id());
        return Answer.noContent();
    }

    private static Answer pdf(Paper paper) {
        return Answer.of(200, "application/pdf", paper.pdf())
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"%s.pdf\"".formatted(paper.id()))
                .with("ETag", "\"" + paper.sha256().substring(0, 32) + "\"");
    }

    private static Answer readers() {
        List<Json.Obj> all = READERS.stream().map(Reader::toJson).toList();
        return Answer.json(200, Json.object().put("readers", Json.array(all)).build());
    }
}
