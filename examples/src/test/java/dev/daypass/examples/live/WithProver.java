package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.vault.Secret;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A client that proves a key, and a token of its own for each test, bound to that key.
abstract class WithProver extends WithLab {
    static Prover prover;

    Secret token;

    @BeforeAll
    static void know() {
        prover = new Prover(agent);
    }

    @BeforeEach
    void open() {
        token = prover.open(agent, Lab.ALL).token();
        assertEquals(200, prover.call("GET", "/lab/warm", token).statusCode());
        upstream.follow(Upstream::fine);
    }
}
