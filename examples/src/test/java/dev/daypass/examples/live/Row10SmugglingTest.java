package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Threat 10: of each message of `spec/vectors/messages` the service sees one clean request, or
/// none.
///
/// Mutation: `StrictBytes.watch` does nothing.
class Row10SmugglingTest {
    private static final Path VECTORS = Path.of("..", "spec", "vectors", "messages");

    /// What the answer says where a vector names why it fails.
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("authorization", "more than one Authorization field"),
                    Map.entry("chunk-end", "a chunk does not end where its size says"),
                    Map.entry("chunk-size", "the size of a chunk"),
                    Map.entry("connection", "the Connection field may name"),
                    Map.entry("control-character", "holds a control character"),
                    Map.entry("expectation", "the only expectation is"),
                    Map.entry("field-name", "the name of a header field ends with its colon"),
                    Map.entry("field-name-missing", "a header field has no name"),
                    Map.entry("field-twice", "is given twice"),
                    Map.entry("folded-field", "a header field is folded"),
                    Map.entry("host", "the Host field is malformed"),
                    Map.entry("hosts", "one Host field"),
                    Map.entry("length", "Content-Length is one plain number"),
                    Map.entry("length-twice", "the length of the body is told twice"),
                    Map.entry("line-end", "carriage return and line feed"),
                    Map.entry("method", "a request begins with its method"),
                    Map.entry("method-override", "another method"),
                    Map.entry("path", ""),
                    Map.entry("request-line", "the request line is a method"),
                    Map.entry("scheme", "the scheme is not that of the connection"),
                    Map.entry("target-form", "must start with /"),
                    Map.entry("trailer", "trailer fields"),
                    Map.entry("transfer-coding", "the only transfer coding is chunked"),
                    Map.entry("version", "the request line ends with HTTP/1.1"));

    private static final List<String> WHOLE = new CopyOnWriteArrayList<>();
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static Agent.Opened account;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
        account = agent.open(Lab.ALL);
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    /// Keeps the requests that came whole.
    private static void keep(Upstream.Received request, InputStream in, OutputStream out)
            throws IOException {
        String body = new String(Upstream.body(request, in), StandardCharsets.ISO_8859_1);
        WHOLE.add(request.line().replace(" HTTP/1.1", "") + "\n" + body);
        Upstream.say(out, "200 OK", "fine");
    }

    private static List<JsonFields> vectors(String file) throws IOException {
        var out = new ArrayList<JsonFields>();
        for (Json item :
                JsonFields.of(Json.parse(Files.readString(VECTORS.resolve(file))))
                        .items("vectors")) {
            out.add(JsonFields.of(item));
        }
        return out;
    }

    private static String filled(String text) {
        return text.replace("Bearer {token}", account.bearer());
    }

    @Test
    void of_each_message_of_http_1_the_service_sees_one_clean_request_or_none() throws IOException {
        var wrong = new ArrayList<String>();
        List<JsonFields> vectors = vectors("http1.json");
        for (JsonFields vector : vectors) {
            WHOLE.clear();
            upstream.follow(Row10SmugglingTest::keep);
            Wire.Reply reply;
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                reply = wire.ask(filled(vector.string("send")));
            }
            String objection = objection(vector, reply);
            if (!objection.isEmpty()) {
                wrong.add(vector.string("name") + ": " + objection);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(vectors.size() > 100, "only " + vectors.size());
    }

    private static String objection(JsonFields vector, Wire.Reply reply) {
        String arrives = vector.stringOrNull("arrives");
        if (arrives != null) {
            String expected =
                    arrives + "\n" + Objects.requireNonNullElse(vector.stringOrNull("body"), "");
            return reply.status() == 200 && WHOLE.equals(List.of(expected))
                    ? ""
                    : "%d, and %s arrived".formatted(reply.status(), WHOLE);
        }
        String fails = vector.string("fails");
        String reason = REASONS.get(fails);
        if (reason == null || reply.status() != 400 || !reply.body().contains(reason)) {
            return "%s, but %d %s".formatted(fails, reply.status(), reply.body());
        }
        return WHOLE.isEmpty() ? "" : WHOLE + " arrived";
    }

    @Test
    void of_each_message_of_http_2_the_service_sees_one_clean_request_or_none() throws IOException {
        var wrong = new ArrayList<String>();
        List<JsonFields> vectors = vectors("http2.json");
        for (JsonFields vector : vectors) {
            WHOLE.clear();
            upstream.follow(Row10SmugglingTest::keep);
            Http2Wire.Outcome outcome;
            try (Http2Wire wire = Http2Wire.to(here.port(), agent)) {
                outcome =
                        wire.ask(
                                pairs(vector, "fields"),
                                Objects.requireNonNullElse(vector.stringOrNull("body"), ""),
                                pairs(vector, "trailers"));
            }
            String objection = objection(vector, outcome);
            if (!objection.isEmpty()) {
                wrong.add(vector.string("name") + ": " + objection);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(vectors.size() > 60, "only " + vectors.size());
    }

    private static List<Http2Wire.Field> pairs(JsonFields vector, String name) {
        var out = new ArrayList<Http2Wire.Field>();
        if (vector.names().contains(name)) {
            for (Json pair : vector.items(name)) {
                if (pair instanceof Json.Arr(var both)
                        && both.getFirst() instanceof Json.Str(var field)
                        && both.getLast() instanceof Json.Str(var value)) {
                    out.add(new Http2Wire.Field(field, filled(value)));
                }
            }
        }
        return out;
    }

    private static String objection(JsonFields vector, Http2Wire.Outcome outcome) {
        String arrives = vector.stringOrNull("arrives");
        if (arrives != null) {
            String expected =
                    arrives
                            + "\n"
                            + Objects.requireNonNullElse(vector.stringOrNull("body_arrives"), "");
            return outcome.status() == 200 && WHOLE.equals(List.of(expected))
                    ? ""
                    : "%s, and %s arrived".formatted(outcome, WHOLE);
        }
        String fails = vector.string("fails");
        boolean refused =
                switch (fails) {
                    case "stream-error" -> outcome.reset() && outcome.error() == 1;
                    case "connection-closed" -> outcome.status() == 0 && !outcome.reset();
                    default ->
                            outcome.status() == 400
                                    && outcome.body().contains(REASONS.getOrDefault(fails, "?"));
                };
        if (!refused) {
            return "%s, but %s".formatted(fails, outcome);
        }
        return WHOLE.isEmpty() ? "" : WHOLE + " arrived";
    }
}
