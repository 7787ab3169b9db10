package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a service's own token endpoint can do to the edge by its answers.
class TokenEndpointAnswersTest {
    private Installation here;
    private Upstream service;
    private Upstream tokens;
    private Agent agent;
    private Agent.Opened account;

    @BeforeEach
    void start() {
        here = Installation.start();
        service = Upstream.start(Upstream::fine);
        tokens = Upstream.start(Upstream::fine);
        here.register(
                "lab",
                Lab.OPENAPI,
                service.url(),
                Json.object()
                        .put("kind", "client_credentials")
                        .put("token_url", tokens.url() + "/token")
                        .put("client_id", "me")
                        .put("value", "client-secret")
                        .build());
        agent = here.agent("agent");
        account = agent.open(Lab.READ);
    }

    @AfterEach
    void stop() {
        here.close();
        service.close();
        tokens.close();
    }

    private void answering(String body) {
        tokens.follow((request, in, out) -> {
            Upstream.body(request, in);
            Upstream.say(out, "200 OK", body);
        });
    }

    @Test
    void an_answer_without_end_is_broken_off_and_not_kept() throws Exception {
        var hungUp = new CountDownLatch(1);
        var sent = new AtomicLong();
        tokens.follow((request, in, out) -> endless(request, in, out, sent, hungUp));

        assertEquals(502, agent.call("GET", "/lab/x", account).status());

        assertTrue(hungUp.await(60, TimeUnit.SECONDS), "still reading after " + sent.get());
        assertEquals(0, service.received().size());
    }

    private static void endless(
            Upstream.Received request,
            InputStream in,
            OutputStream out,
            AtomicLong sent,
            CountDownLatch hungUp)
            throws IOException {
        Upstream.body(request, in);
        try {
            out.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk =
                    ("400\r\n" + " ".repeat(1_024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(chunk);
                out.flush();
                sent.addAndGet(chunk.length);
            }
        } catch (IOException e) {
            hungUp.countDown();
            throw e;
        }
    }

    @Test
    void a_life_that_no_clock_can_count_is_a_day() {
        answering("{\"access_token\":\"t\",\"expires_in\":" + Long.MAX_VALUE + "}");

        for (int i = 0; i < 3; i++) {
            assertEquals(200, agent.call("GET", "/lab/x", account).status());
        }

        assertEquals(1, tokens.received().size());
        assertEquals("Bearer t", service.last().field("authorization"));
    }

    @Test
    void a_life_of_less_than_nothing_is_over_at_once() {
        answering("{\"access_token\":\"t\",\"expires_in\":" + Long.MIN_VALUE + "}");

        for (int i = 0; i < 3; i++) {
            assertEquals(200, agent.call("GET", "/lab/x", account).status());
        }

        assertEquals(3, tokens.received().size());
    }
}
