package dev.daypass.config;

import static dev.daypass.config.Refused.file;
import static dev.daypass.config.Refused.message;
import static dev.daypass.config.Refused.variables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContradictionTest {
    @TempDir Path folder = Path.of("");

    @Test
    void two_listeners_on_one_fixed_port_are_refused_naming_both_keys() throws IOException {
        file(
                folder,
                "health: {port: 8443}",
                "daypass.yaml:1:16: `health.port` contradicts `agents.port`: both are 8443, and each listener needs a port of its own");
        variables(
                Map.of("DAYPASS_CONSOLE_PORT", "9090"),
                "environment: `DAYPASS_CONSOLE_PORT` contradicts `health.port`: both are 9090, and each listener needs a port of its own");
        variables(
                Map.of("DAYPASS_CONSOLE_PORT", "8443"),
                "environment: `DAYPASS_CONSOLE_PORT` contradicts `agents.port`: both are 8443, and each listener needs a port of its own");
    }

    @Test
    void listeners_may_all_ask_for_any_free_port() {
        var environment =
                Map.of(
                        "DAYPASS_AGENTS_PORT", "0",
                        "DAYPASS_CONSOLE_PORT", "0",
                        "DAYPASS_HEALTH_PORT", "0");

        assertEquals(0, Config.load(null, environment).health().port());
    }

    @Test
    void a_console_beyond_loopback_needs_tls() throws IOException {
        file(
                folder,
                "console: {host: 0.0.0.0}",
                "daypass.yaml:1:17: `console.host` contradicts `console.tls`: `0.0.0.0` is not loopback, where only `console.tls: true` is permitted");
        for (String beyond : List.of("::", "192.168.0.1", "console.example", "localhost.example")) {
            assertTrue(
                    message(Map.of("DAYPASS_CONSOLE_HOST", beyond)).contains("is not loopback"),
                    beyond);
        }
        for (String loopback : List.of("localhost", "LocalHost", "127.9.9.9", "::1")) {
            var environment = Map.of("DAYPASS_CONSOLE_HOST", loopback);
            assertEquals(loopback, Config.load(null, environment).console().host());
        }
    }

    @Test
    void a_console_without_broker_is_refused() throws IOException {
        file(
                folder,
                "roles: [edge, console]",
                "daypass.yaml:1:8: `roles` is `edge,console`; expected `broker` beside `console`");
        variables(
                Map.of("DAYPASS_ROLES", "console"),
                "environment: `DAYPASS_ROLES` is `console`; expected `broker` beside `console`");
        for (String bad : List.of("", ",", "broker,", "broker,broker", "Broker")) {
            assertTrue(message(Map.of("DAYPASS_ROLES", bad)).contains("expected one or more"), bad);
        }
        assertTrue(
                message(folder, "roles: []").contains("`roles` is empty; expected one or more of"));
    }

    @Test
    void a_limit_below_what_it_limits_is_refused_naming_both_keys() throws IOException {
        file(
                folder,
                "account: {ttl_default: 2d}",
                "daypass.yaml:1:24: `account.ttl_default` contradicts `account.ttl_max`: `account.ttl_default` is 2d; expected at most `account.ttl_max`, which is 1d");
        variables(
                Map.of("DAYPASS_ACCOUNT_TTL_MAX", "5m"),
                "environment: `DAYPASS_ACCOUNT_TTL_MAX` contradicts `account.ttl_default`: `account.ttl_default` is 10m; expected at most `account.ttl_max`, which is 5m");
        variables(
                Map.of("DAYPASS_EDGE_IDLE_TIMEOUT", "30s"),
                "environment: `DAYPASS_EDGE_IDLE_TIMEOUT` contradicts `edge.response_timeout`: `edge.response_timeout` is 1m; expected at most `edge.idle_timeout`, which is 30s");
        variables(
                Map.of("DAYPASS_LEDGER_QUEUE_MAX", "100"),
                "environment: `DAYPASS_LEDGER_QUEUE_MAX` contradicts `ledger.batch_max`: `ledger.batch_max` is 512; expected at most `ledger.queue_max`, which is 100");
        variables(
                Map.of("DAYPASS_ADMIT_OPENS_PER_SECOND", "2000.5"),
                "environment: `DAYPASS_ADMIT_OPENS_PER_SECOND` contradicts `admit.tenant_opens_per_second`: `admit.opens_per_second` is 2000.5; expected at most `admit.tenant_opens_per_second`, which is 2000");
    }

    @Test
    void a_contradiction_is_placed_at_the_first_key_that_was_given() throws IOException {
        Path file = Files.writeString(folder.resolve("daypass.yaml"), "ledger: {batch_max: 900}");

        String message = message(file, Map.of("DAYPASS_LEDGER_QUEUE_MAX", "800"));

        assertTrue(message.startsWith(file + ":1:21: `ledger.batch_max` contradicts"), message);
    }
}
