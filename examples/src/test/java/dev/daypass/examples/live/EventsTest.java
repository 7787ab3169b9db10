package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An agent follows what happens to its account.
class EventsTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;

    @BeforeAll
    static void start() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        here.rules(
                """
                rules:
                  - name: two-hours-are-long
                    on: [open]
                    approve: "account.ttl > duration('2h')"
                """);
        agent = here.agent("agent");
    }

    @AfterAll
    static void stop() {
        here.close();
        upstream.close();
    }

    /// One stream, read event by event.
    private static final class Reader implements AutoCloseable {
        private final Stream<String> body;
        private final Iterator<String> lines;
        private final int status;

        Reader(HttpResponse<Stream<String>> response) {
            this.status = response.statusCode();
            this.body = response.body();
            this.lines = body.iterator();
        }

        /// The next event; what has no id is a comment.
        Event next() {
            String id = "";
            String name = "";
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Event(id, name, line.substring(6));
                }
            }
            return new Event("", "over", "{}");
        }

        List<String> names() {
            var out = new ArrayList<String>();
            for (Event event = next(); !event.name().equals("over"); event = next()) {
                out.add(event.name() + " " + event.get("state"));
            }
            return out;
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private record Event(String id, String name, String data) {
        String get(String member) {
            return JsonFields.of(Json.parse(data)).string(member);
        }
    }

    private static Reader follow(Agent by, String account, String lastEventId) {
        return follow(by, account, lastEventId, HttpClient.Version.HTTP_2);
    }

    private static Reader follow(
            Agent by, String account, String lastEventId, HttpClient.Version version) {
        var request =
                java.net.http.HttpRequest.newBuilder(
                        by.server().resolve("/v1/accounts/" + account + "/events"));
        if (!lastEventId.isEmpty()) {
            request.header("last-event-id", lastEventId);
        }
        try {
            return new Reader(
                    by.http(version).send(request.build(), HttpResponse.BodyHandlers.ofLines()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String waiting() {
        return agent.client()
                .open(Json.object().put("task", Lab.READ).put("ttl", "3h").build())
                .text("id")
                .orElseThrow();
    }

    private static void operator(String method, String path) {
        Installation.must(here.operator().send(method, path, null));
    }

    @Test
    void approval_and_ending_come_as_they_happen_and_the_stream_ends_with_the_account() {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            String account = waiting();
            try (Reader reader = follow(agent, account, "", version)) {
                assertEquals(200, reader.status);
                assertEquals("awaiting_approval", reader.next().get("state"));

                operator("POST", "/v1/accounts/" + account + "/approve");
                Event approved = reader.next();
                assertEquals("approval", approved.name());
                assertEquals("active", approved.get("state"));

                operator("DELETE", "/v1/accounts/" + account);
                Event ended = reader.next();
                assertEquals("ending", ended.name());
                assertEquals("revoked", ended.get("reason"));
                assertEquals(account, ended.get("id"));
                assertEquals("over", reader.next().name());
            }
        }
    }

    @Test
    void a_denial_is_an_ending_that_says_so() {
        String account = waiting();
        try (Reader reader = follow(agent, account, "")) {
            operator("POST", "/v1/accounts/" + account + "/deny");

            assertEquals("awaiting_approval", reader.next().get("state"));
            assertEquals("denied", reader.next().get("reason"));
        }
    }

    @Test
    void a_widening_is_told_with_what_became_of_it() {
        Agent.Opened account =
                agent.open(
                        Json.object()
                                .put("task", "read heads in the lab")
                                .put("ttl", "10m")
                                .build());
        try (Reader reader = follow(agent, account.id(), "")) {
            agent.client()
                    .send(
                            "POST",
                            "/v1/accounts/" + account.id() + "/widen",
                            Json.object()
                                    .put("reason", "there is more to read")
                                    .put("task", Lab.READ)
                                    .build());

            Event widened = reader.next();
            assertEquals("widening", widened.name(), widened.data());
            assertTrue(widened.data().contains("\"number\":1"), widened.data());
        }
    }

    @Test
    void who_comes_again_is_told_what_it_missed_and_nothing_twice() {
        String account = waiting();
        String first;
        try (Reader reader = follow(agent, account, "")) {
            first = reader.next().id();
        }
        operator("POST", "/v1/accounts/" + account + "/approve");
        operator("DELETE", "/v1/accounts/" + account);

        String last;
        try (Reader again = follow(agent, account, first)) {
            assertEquals("active", again.next().get("state"));
            Event ended = again.next();
            assertEquals("ended", ended.get("state"));
            last = ended.id();
            assertEquals("over", again.next().name());
        }
        try (Reader whole = follow(agent, account, "")) {
            assertEquals(
                    List.of("approval awaiting_approval", "approval active", "ending ended"),
                    whole.names());
        }
        try (Reader nothing = follow(agent, account, last)) {
            assertEquals(204, nothing.status);
        }
    }

    @Test
    void nobody_else_follows_an_account_and_nobody_without_a_certificate() throws Exception {
        String account = waiting();

        try (Reader other = follow(here.agent("stranger"), account, "")) {
            assertEquals(404, other.status);
        }
        var anonymous =
                HttpClient.newBuilder().sslContext(Tls.anonymous(agent.authority())).build();
        var request =
                java.net.http.HttpRequest.newBuilder(
                                agent.server().resolve("/v1/accounts/" + account + "/events"))
                        .build();
        assertEquals(
                401, anonymous.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    @Test
    void an_id_that_no_event_had_is_refused() {
        String account = waiting();
        for (String id : List.of("-1", "x", "1 OR 1=1", "9".repeat(40))) {
            try (Reader reader = follow(agent, account, id)) {
                assertEquals(400, reader.status, id);
            }
        }
    }

    @Test
    void an_agent_follows_so_many_and_a_stream_that_is_left_makes_room() {
        Agent busy = here.agent("busy");
        String account = busy.open(Lab.READ).id();
        var readers = new ArrayList<Reader>();
        Reader next = follow(busy, account, "");
        while (next.status == 200 && readers.size() < 1_000) {
            readers.add(next);
            next = follow(busy, account, "");
        }
        assertEquals(429, next.status);
        assertEquals(64, readers.size());

        readers.forEach(Reader::close);

        Await.until(
                "room for one more",
                () -> {
                    try (Reader again = follow(busy, account, "")) {
                        return again.status == 200;
                    }
                });
    }
}
