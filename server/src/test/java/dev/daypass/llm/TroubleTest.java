package dev.daypass.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.config.IntentSettings;
import dev.daypass.config.ModelProvider;
import dev.daypass.intent.CannotUnderstand;
import dev.daypass.intent.Intent;
import dev.daypass.llm.FakeModel.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever the model does, the caller gets the embedded parser's reading or a refusal, in time.
@Timeout(120)
class TroubleTest {
    private static final Duration SHORT = Duration.ofMillis(250);

    /// Long enough for the question to arrive.
    private static final Duration LONGER = Duration.ofSeconds(4);

    @Test
    void a_model_that_never_answers_is_given_up() {
        assertNotHeard(new Reply.Hangs(), SHORT, "timeout", "it did not answer in 250ms");
    }

    @Test
    void a_model_that_trickles_bytes_for_ever_is_given_up() {
        assertNotHeard(new Reply.Trickles(), SHORT, "timeout", "it did not answer in 250ms");
    }

    @Test
    void a_request_that_is_given_up_is_ended() {
        try (var model = FakeModel.start(new Reply.Trickles())) {
            var parser = Desk.at(model).timeout(LONGER).parser();
            assertThrows(CannotUnderstand.class, () -> parser.understand(Desk.TASK, Desk.REACH));

            model.awaitHungUp();
        }
    }

    @Test
    void an_answer_of_100_megabytes_is_not_read() {
        for (boolean chunked : new boolean[] {true, false}) {
            assertNotHeard(
                    new Reply.Pours(100, chunked),
                    null,
                    "too_large",
                    "its answer is longer than 65536 bytes");
        }
    }

    @Test
    void a_status_that_is_no_answer_is_not_heard_and_its_body_not_repeated() {
        var statuses = new LinkedHashMap<Integer, String>();
        statuses.put(401, "status");
        statuses.put(429, "status");
        statuses.put(500, "status");
        statuses.put(503, "status");
        statuses.put(400, "rejected");
        statuses.put(413, "rejected");
        statuses.forEach((status, outcome) ->
                assertNotHeard(
                        new Reply.Raw(
                                status,
                                Map.of(),
                                "{\"error\":{\"message\":\"bad key %s\"}}".formatted(Desk.KEY)),
                        null,
                        outcome,
                        "it answered with status " + status));
    }

    @Test
    void a_redirect_is_not_followed() {
        try (var elsewhere = FakeModel.saying(Desk.HONEST)) {
            String location = elsewhere.url(ModelProvider.OPENAI) + "/chat/completions";
            assertNotHeard(
                    new Reply.Raw(307, Map.of("Location", location), ""),
                    null,
                    "status",
                    "it answered with status 307");

            assertEquals(List.of(), elsewhere.asked());
        }
    }

    @Test
    void a_refused_connection_is_not_heard() {
        int port;
        try (var gone = FakeModel.saying(Desk.HONEST)) {
            port = gone.port();
        }
        var desk = Desk.at(ModelProvider.OPENAI, "http://localhost:%d/v1".formatted(port));

        assertNotHeard(desk, "unreachable", "it cannot be reached");
    }

    @Test
    void what_is_not_the_wire_format_is_not_heard() {
        for (String body :
                List.of(
                        "",
                        "nonsense",
                        "<html>sk-never-to-be-seen</html>",
                        "[]",
                        "{}",
                        "{\"choices\":[]}",
                        "{\"choices\":[{\"message\":null}]}",
                        "{\"choices\":".repeat(2_000))) {
            assertNotHeard(new Reply.Raw(200, Map.of(), body), null, "malformed", "its answer ");
        }
    }

    @Test
    void content_that_is_not_what_was_asked_for_is_not_heard() {
        for (String content :
                List.of(
                        "",
                        "Sure! Here are the operations.",
                        "```json\n" + Desk.HONEST + "\n```",
                        "{\"operations\":",
                        "{}",
                        "[]",
                        "null",
                        "{\"operations\":{}}",
                        "{\"operations\":[\"travel.bookFlight\"]}",
                        "{\"operations\":[{\"operation\":1,\"quote\":\"book\"}]}",
                        "{\"operations\":[],\"operations\":[]}",
                        "{\"operations\":[],\"note\":\"sk-never-to-be-seen\"}",
                        "[".repeat(5_000))) {
            assertNotHeard(
                    new Reply.Says(content),
                    null,
                    "malformed",
                    "its answer is not what was asked for");
        }
    }

    @Test
    void the_other_providers_fail_in_the_same_way() {
        for (ModelProvider provider : ModelProvider.values()) {
            var broken = new Reply.Raw(529, Map.of(), "overloaded");
            try (var model = FakeModel.start(broken)) {
                var desk = Desk.at(provider, model.url(provider));
                assertNotHeard(desk, "status", "it answered with status 529");
                model.reply(new Reply.Raw(200, Map.of(), "nonsense"));
                assertNotHeard(
                        Desk.at(provider, model.url(provider)),
                        "malformed",
                        "its answer cannot be read");
                model.reply(new Reply.Trickles());
                assertNotHeard(
                        Desk.at(provider, model.url(provider)).timeout(SHORT),
                        "timeout",
                        "it did not answer in 250ms");
            }
        }
    }

    @Test
    void a_failure_is_one_line_in_the_log_and_shows_neither_the_key_nor_the_task() {
        PrintStream before = System.err;
        var log = new ByteArrayOutputStream();
        try (var model =
                FakeModel.start(new Reply.Raw(500, Map.of(), "no: " + Desk.KEY + " Lisbon"))) {
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            var parser = Desk.at(model).parser();
            assertThrows(CannotUnderstand.class, () -> parser.understand(Desk.TASK, Desk.REACH));
        } finally {
            System.setErr(before);
        }
        List<String> lines =
                log.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("openai:a-model"))
                        .toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().endsWith("gave no usable answer: it answered with status 500"));
        assertFalse(log.toString(StandardCharsets.UTF_8).contains(Desk.KEY));
        assertFalse(log.toString(StandardCharsets.UTF_8).contains("Lisbon"));
    }

    private static void assertNotHeard(
            Reply reply,
            @org.jspecify.annotations.Nullable Duration timeout,
            String outcome,
            String why) {
        try (var model = FakeModel.start(reply)) {
            var desk = Desk.at(model);
            assertNotHeard(timeout == null ? desk : desk.timeout(timeout), outcome, why);
        }
    }

    /// Both ways of doing without the model, counted and told.
    private static void assertNotHeard(Desk desk, String outcome, String why) {
        var refusing = desk.fallback(IntentSettings.Fallback.REFUSE).parser();
        var refused =
                assertThrows(
                        CannotUnderstand.class, () -> refusing.understand(Desk.TASK, Desk.REACH));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("no language model can read the task now: " + why), message);
        assertFalse(message.contains(Desk.KEY), message);

        Intent alone =
                desk.fallback(IntentSettings.Fallback.EMBEDDED)
                        .parser()
                        .understand(Desk.TASK, Desk.REACH);
        Intent embedded = Desk.embedded(Desk.TASK, Desk.REACH);
        assertEquals(embedded.proposals(), alone.proposals());
        assertEquals(2, alone.questions().size());
        assertTrue(
                alone.questions().getLast().startsWith("the language model was not heard: " + why));
        assertEquals(Map.of(outcome, 2), desk.counted, why);
    }
}
