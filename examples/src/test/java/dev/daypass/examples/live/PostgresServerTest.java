package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A whole server whose facts and state are in PostgreSQL.
class PostgresServerTest {
    private EmbeddedPostgres postgres;
    private Map<String, String> settings;
    private Installation here;
    private Upstream upstream;
    private Agent agent;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(90)).start();
        settings =
                Map.of(
                        "DATABASE_URL",
                        "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()),
                        "DATABASE_USER",
                        "postgres",
                        "EDGES_LEASE",
                        "15s");
        here = Installation.start(settings, Clock.systemUTC());
        upstream = Lab.in(here, "lab");
        agent = here.agent("agent");
    }

    @AfterEach
    void stop() throws IOException {
        here.close();
        upstream.close();
        postgres.close();
    }

    private int called(Agent.Opened account) {
        return agent.call("GET", "/lab/x", account).status();
    }

    private void endSessions() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL");
        }
    }

    @Test
    void accounts_live_and_end_in_it_and_its_ledger_holds() {
        Agent.Opened account = agent.open(Lab.READ);
        assertEquals(200, called(account));

        assertEquals(
                200, agent.send("POST", "/v1/accounts/" + account.id() + "/complete").status());

        assertEquals(401, called(account));
        assertTrue(Ledger.of(here).contains("AccountEnded"));
    }

    @Test
    void when_its_sessions_end_the_server_goes_on_by_itself() throws SQLException {
        Agent.Opened account = agent.open(Lab.READ);
        Agent.Opened other = agent.open(Lab.READ);
        endSessions();

        Await.until(
                "an account is ended",
                () -> agent.send("DELETE", "/v1/accounts/" + account.id()).status() == 200);

        assertEquals(401, called(account));
        Await.until("calls are served", () -> called(other) == 200);
    }
}
