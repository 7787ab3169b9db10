package dev.daypass.examples.live;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A server with one service, `lab`, and one agent that may do anything there.
abstract class WithLab {
    static Installation here;
    static Upstream upstream;
    static Agent agent;

    @BeforeAll
    static void openLab() {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
    }

    @AfterAll
    static void closeLab() {
        here.close();
        upstream.close();
    }
}
