package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// nghttp2's load generator, which nobody here wrote, against the edge: many streams of HTTP/2 on
/// few connections. It shows no client certificates, so its token is bound to nothing.
class H2LoadTest extends WithUnboundTokens {
    private static final int REQUESTS = 20_000;

    private static String h2load(String path, String... fields) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                RealServer.tool("h2load", "nghttp2-client"),
                                "--requests=" + REQUESTS,
                                "--clients=8",
                                "--max-concurrent-streams=10",
                                here.issuer().resolve(path).toString()));
        for (String field : fields) {
            command.add("--header=" + field);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("Application protocol: h2"), said);
        return said;
    }

    @Test
    void each_of_many_streams_gets_its_answer() throws Exception {
        upstream.follow(Upstream::fine);
        String token = asked(anonymous, task(), "lab").string("access_token");

        String said = h2load("/lab/x", "authorization: Bearer " + token);

        assertTrue(
                said.contains(
                        "requests: %1$d total, %1$d started, %1$d done, %1$d succeeded, 0 failed, 0 errored, 0 timeout"
                                .formatted(REQUESTS)),
                said);
        assertEquals(REQUESTS, upstream.received().size());
    }

    @Test
    void strangers_are_refused_one_and_all() throws Exception {
        String said = h2load("/lab/x");

        assertTrue(said.contains("status codes: 0 2xx, 0 3xx, %d 4xx".formatted(REQUESTS)), said);
        assertEquals(List.of(), upstream.received());
    }
}
