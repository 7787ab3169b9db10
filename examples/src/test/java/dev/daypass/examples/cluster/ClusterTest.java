package dev.daypass.examples.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A broker, a server that is broker and edge, edges, PostgreSQL and NATS as real processes, of
/// which one after the other is killed, stands still, or cannot be reached.
class ClusterTest {
    @Test
    void whatever_goes_wrong_nothing_answered_is_lost_and_no_edge_takes_what_is_over() {
        var out = new ByteArrayOutputStream();
        var seed = String.valueOf(new SecureRandom().nextInt(1_000_000));
        System.out.println("chaos with seed " + seed);

        boolean held =
                Cluster.run(
                        Map.of(
                                "--chaos",
                                "15",
                                "--seed",
                                seed,
                                "--brokers",
                                "1",
                                "--servers",
                                "1",
                                "--edges",
                                "2"),
                        new PrintStream(out, true, StandardCharsets.UTF_8));

        assertTrue(held, out.toString(StandardCharsets.UTF_8));
    }
}
