package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Server-sent events of a service pass as they come, however long it is silent in between, and are
/// counted. That they are cut with their account is in `EndingTest`.
class EventRowTest {
    @Test
    void events_pass_as_they_come_and_are_counted() throws Exception {
        var gates = new CopyOnWriteArrayList<CountDownLatch>();
        try (Installation here =
                        Installation.start(
                                Map.of("EDGE_RESPONSE_TIMEOUT", "3s"), Clock.systemUTC());
                Upstream events = Upstream.start((_, _, out) -> row(out, gates.getLast()));
                Upstream silent = Upstream.start((_, in, _) -> in.read())) {
            Lab.register(here, "lab", events.url());
            Lab.register(here, "silent", silent.url());
            Agent agent = here.agent("agent");
            Agent.Opened account = agent.open(Lab.READ);
            for (HttpClient.Version version :
                    List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
                gates.add(new CountDownLatch(1));
                try (HttpClient http = agent.http(version)) {
                    HttpResponse<InputStream> answer =
                            http.send(
                                    agent.request("/lab/events", account).build(),
                                    HttpResponse.BodyHandlers.ofInputStream());
                    var lines =
                            new BufferedReader(
                                    new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
                    assertEquals("data: first", lines.readLine());
                    // For longer than a service may take to answer, nothing comes.
                    assertEquals(504, agent.call("GET", "/silent/x", account).status());
                    gates.getLast().countDown();
                    assertEquals(
                            List.of(
                                    "",
                                    ": not an event",
                                    "",
                                    "data: second",
                                    "data: of two lines",
                                    ""),
                            lines.lines().toList());
                }
            }
            Await.until("facts", () -> Ledger.of(here).split("GET /events", -1).length == 3);
            String ledger = Ledger.of(here);
            assertTrue(ledger.contains("\"messages_to_agent\":2"), ledger);
        }
    }

    private static void row(OutputStream out, CountDownLatch gate) throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: first\n\n"
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        out.write(
                ": not an event\n\ndata: second\r\ndata: of two lines\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        throw new IOException("the row is over");
    }
}
