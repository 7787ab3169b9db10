package dev.daypass.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The vectors that every SDK passes: `spec/vectors/sdk`.
class VectorsTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("basedir", "."), "../../spec/vectors/sdk");

    private interface Check {
        void of(Map<String, Object> vector);
    }

    private static Stream<DynamicTest> each(String name, Check check) {
        List<Map<String, Object>> cases =
                Json.objects(
                        Json.object(text(VECTORS.resolve(name + ".json")))
                                .orElseThrow()
                                .get("cases"));
        assertFalse(cases.isEmpty());
        return cases.stream()
                .map(vector ->
                        DynamicTest.dynamicTest(string(vector, "name"), () -> check.of(vector)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String string(Map<String, Object> vector, String member) {
        return String.valueOf(vector.getOrDefault(member, ""));
    }

    private static Optional<Object> member(Map<String, Object> vector, String member) {
        return Optional.ofNullable(vector.get(member));
    }

    @TestFactory
    Stream<DynamicTest> an_answer_is_the_error_that_it_says_or_the_services_own() {
        return each("problems", VectorsTest::problem);
    }

    private static void problem(Map<String, Object> vector) {
        Optional<Refused> refused =
                Refused.of(
                        Integer.parseInt(string(vector, "status")),
                        string(vector, "content_type"),
                        string(Json.members(vector.get("headers")), "retry-after"),
                        string(vector, "body"));

        assertEquals(
                member(vector, "error"),
                refused.map(Object::getClass).map(Class::getSimpleName).map(Object.class::cast));
        assertEquals(member(vector, "step"), refused.flatMap(Refused::step));
        assertEquals(member(vector, "next"), refused.flatMap(Refused::next));
        assertEquals(
                string(vector, "retry_after"),
                refused.map(Refused::retryAfter)
                        .filter(after -> after.isPresent())
                        .map(after -> String.valueOf(after.getAsInt()))
                        .orElse(""));
    }

    @TestFactory
    Stream<DynamicTest> a_path_leads_below_its_endpoint_or_nowhere() {
        return each("targets", VectorsTest::target);
    }

    private static void target(Map<String, Object> vector) {
        String endpoint = string(vector, "endpoint");
        String path = string(vector, "path");
        if (vector.containsKey("refused")) {
            assertThrows(IllegalArgumentException.class, () -> Target.of(endpoint, path));
        } else {
            assertEquals(string(vector, "url"), Target.of(endpoint, path).toString());
        }
    }

    @TestFactory
    Stream<DynamicTest> header_fields_that_frame_a_message_are_not_a_callers() {
        return each("fields", VectorsTest::field);
    }

    private static void field(Map<String, Object> vector) {
        String field = string(vector, "field");
        if (vector.containsKey("refused")) {
            assertThrows(IllegalArgumentException.class, () -> Framing.refuse(field));
        } else {
            Framing.refuse(field);
        }
    }

    @TestFactory
    Stream<DynamicTest> events_are_read() {
        return each("events", VectorsTest::events);
    }

    /// How lines arrive in pieces is the HTTP client's part here.
    private static void events(Map<String, Object> vector) {
        var pieces = new StringBuilder();
        if (vector.get("pieces") instanceof List<?> list) {
            list.forEach(pieces::append);
        }
        var events = new Events(pieces.toString().lines().iterator());
        var read = new ArrayList<Map<String, Object>>();
        for (Optional<Events.Event> next = events.next(); next.isPresent(); next = events.next()) {
            Events.Event event = next.get();
            read.add(Map.of("id", event.id(), "event", event.event(), "data", event.data()));
        }

        assertEquals(Json.objects(vector.get("events")), read);
    }

    @TestFactory
    Stream<DynamicTest> a_tools_call_is_one_request_or_none() {
        Map<String, Object> read = Json.object(text(VECTORS.resolve("tools.json"))).orElseThrow();
        return each("tools", vector -> tool(read, vector));
    }

    private static void tool(Map<String, Object> read, Map<String, Object> vector) {
        Tool tool = Tool.of(Json.members(read.get(vector.getOrDefault("tool", "tool"))));
        Map<String, Object> given = Json.members(vector.get("arguments"));
        if (vector.containsKey("refused")) {
            assertThrows(IllegalArgumentException.class, () -> ToolRequest.of(tool, given));
        } else {
            ToolRequest made = ToolRequest.of(tool, given);
            assertEquals(tool.method(), made.method());
            assertEquals(string(vector, "path"), made.path());
            assertEquals(Json.members(vector.get("headers")), made.headers());
            assertEquals(member(vector, "body"), made.json().flatMap(Json::object));
        }
    }
}
