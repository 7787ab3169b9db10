package dev.daypass.config;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.config.Config.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefaultsTest {
    private static final Config DEFAULTS =
            new Config(
                    Path.of("data"),
                    "https://localhost:8443",
                    "daypass.local",
                    Set.of(Role.BROKER, Role.EDGE, Role.CONSOLE),
                    new Config.Listener("0.0.0.0", 8443),
                    new Config.Console("127.0.0.1", 8080, false),
                    new Config.Listener("127.0.0.1", 9090),
                    new Config.Token(Duration.ofHours(1)),
                    new Config.Account(
                            Duration.ofMinutes(10),
                            Duration.ofDays(1),
                            Duration.ofHours(1),
                            Duration.ofHours(1)),
                    new Config.Admit(50, 100, 2_000, 10_000, 1_000, 50_000, 100),
                    new Config.Edge(
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(2),
                            256,
                            16_384,
                            1_073_741_824L,
                            false,
                            0,
                            0,
                            List.of()),
                    new Config.Edges(Duration.ofSeconds(2)),
                    new LedgerSettings(
                            10_000,
                            512,
                            false,
                            Duration.ofDays(365),
                            List.of(),
                            new DatabaseSettings(
                                    "sqlite",
                                    "daypass",
                                    new SecretSource.None(),
                                    new NatsSettings("none", "", new SecretSource.None()))),
                    new IntentSettings(
                            new ModelChoice.None(),
                            "default",
                            new SecretSource.None(),
                            IntentSettings.Mode.AGREE,
                            IntentSettings.Fallback.EMBEDDED,
                            dev.daypass.intent.LaterWishes.GRANT,
                            new IntentSettings.Limits(
                                    Duration.ofSeconds(3), 60, 10_000, 65_536, 1_000_000)),
                    new LimitSettings(
                            100,
                            500,
                            1_000,
                            new LimitSettings.Pace(
                                    Duration.ofSeconds(10),
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(30),
                                    Duration.ofSeconds(30)),
                            Duration.ofMinutes(5),
                            10_737_418_240L,
                            1_048_576,
                            new LimitSettings.Breaker(5, Duration.ofSeconds(10)),
                            Duration.ofSeconds(10)),
                    List.of(),
                    List.of());

    @Test
    void every_value_has_its_default_where_nothing_is_given() {
        assertEquals(DEFAULTS, Config.defaults());
        assertEquals(DEFAULTS, Config.load(null, Map.of()));
        assertEquals(DEFAULTS, Config.load(null, Map.of("PATH", "/bin", "daypass_data", "x")));
    }

    @Test
    void an_empty_file_and_empty_sections_give_the_defaults(@TempDir Path folder)
            throws IOException {
        for (String text : new String[] {"", "# nothing\n", "token:\nedge: {}\nissuer: ~\n"}) {
            Path file = Files.writeString(folder.resolve("daypass.yaml"), text);

            assertEquals(DEFAULTS, Config.load(file, Map.of()), text);
        }
    }

    @Test
    void every_key_says_its_default_as_it_would_be_written() {
        var expected =
                Map.ofEntries(
                        Map.entry("data", "data"),
                        Map.entry("issuer", "https://localhost:8443"),
                        Map.entry("trust_domain", "daypass.local"),
                        Map.entry("roles", "broker,edge,console"),
                        Map.entry("agents.host", "0.0.0.0"),
                        Map.entry("agents.port", "8443"),
                        Map.entry("console.host", "127.0.0.1"),
                        Map.entry("console.port", "8080"),
                        Map.entry("console.tls", "false"),
                        Map.entry("health.host", "127.0.0.1"),
                        Map.entry("health.port", "9090"),
                        Map.entry("token.ttl_max", "1h"),
                        Map.entry("account.ttl_default", "10m"),
                        Map.entry("account.ttl_max", "1d"),
                        Map.entry("account.approval_wait", "1h"),
                        Map.entry("account.keep_ended", "1h"),
                        Map.entry("admit.opens_per_second", "50"),
                        Map.entry("admit.opens_burst", "100"),
                        Map.entry("admit.tenant_opens_per_second", "2000"),
                        Map.entry("admit.connections_max", "10000"),
                        Map.entry("admit.address_connections_max", "1000"),
                        Map.entry("admit.living_max", "50000"),
                        Map.entry("admit.waiting_max", "100"),
                        Map.entry("edge.connect_timeout", "5s"),
                        Map.entry("edge.response_timeout", "1m"),
                        Map.entry("edge.idle_timeout", "2m"),
                        Map.entry("edge.upstream_connections", "256"),
                        Map.entry("edge.header_bytes_max", "16384"),
                        Map.entry("edge.body_bytes_max", "1073741824"),
                        Map.entry("edge.allow_private_upstreams", "false"),
                        Map.entry("edge.event_loops", "0"),
                        Map.entry("edge.plain_port", "0"),
                        Map.entry("edge.brokers", ""),
                        Map.entry("edges.lease", "2s"),
                        Map.entry("ledger.queue_max", "10000"),
                        Map.entry("ledger.batch_max", "512"),
                        Map.entry("ledger.reads_durable_first", "false"),
                        Map.entry("ledger.keep_personal", "365d"),
                        Map.entry("ledger.witnesses", ""),
                        Map.entry("database.url", "sqlite"),
                        Map.entry("database.user", "daypass"),
                        Map.entry("feed.nats_url", "none"),
                        Map.entry("feed.nats_user", ""),
                        Map.entry("feed.nats_password", "none"),
                        Map.entry("database.password", "none"),
                        Map.entry("intent.model", "none"),
                        Map.entry("intent.base_url", "default"),
                        Map.entry("intent.api_key", "none"),
                        Map.entry("intent.mode", "agree"),
                        Map.entry("intent.fallback", "embedded"),
                        Map.entry("intent.later_wishes", "grant"),
                        Map.entry("intent.timeout", "3s"),
                        Map.entry("intent.candidates_max", "60"),
                        Map.entry("intent.cache_entries", "10000"),
                        Map.entry("intent.answer_bytes_max", "65536"),
                        Map.entry("intent.tokens_per_hour", "1000000"),
                        Map.entry("limits.account_calls", "100"),
                        Map.entry("limits.agent_calls", "500"),
                        Map.entry("limits.service_calls", "1000"),
                        Map.entry("limits.handshake_timeout", "10s"),
                        Map.entry("limits.resumption", "5m"),
                        Map.entry("limits.head_timeout", "20s"),
                        Map.entry("limits.body_timeout", "30s"),
                        Map.entry("limits.reader_timeout", "30s"),
                        Map.entry("limits.answer_bytes_max", "10737418240"),
                        Map.entry("limits.message_bytes_max", "1048576"),
                        Map.entry("limits.breaker_failures", "5"),
                        Map.entry("limits.breaker_rest", "10s"),
                        Map.entry("limits.drain_timeout", "10s"));

        assertEquals(
                new TreeMap<>(expected),
                new TreeMap<>(Keys.ALL.stream().collect(toMap(Key::path, Key::defaultText))));
    }

    @Test
    void the_issuer_follows_the_agents_port_where_it_is_not_given() {
        Config config = Config.load(null, Map.of("DAYPASS_AGENTS_PORT", "9443"));

        assertEquals("https://localhost:9443", config.issuer());
    }

    @Test
    void the_issuer_is_completed_once_a_free_port_is_known() {
        Config before = Config.load(null, Map.of("DAYPASS_AGENTS_PORT", "0"));

        Config after = before.withAgentsPort(40_123);

        assertEquals("https://localhost:0", before.issuer());
        assertEquals("https://localhost:40123", after.issuer());
        assertEquals(new Config.Listener("0.0.0.0", 40_123), after.agents());
        assertEquals(before, after.withAgentsPort(0));
    }

    @Test
    void an_issuer_that_was_given_stays_when_the_port_becomes_known() {
        var environment =
                Map.of("DAYPASS_AGENTS_PORT", "0", "DAYPASS_ISSUER", "https://daypass.example");

        Config config = Config.load(null, environment).withAgentsPort(40_123);

        assertEquals("https://daypass.example", config.issuer());
    }

    @Test
    void the_roles_cannot_be_changed_afterwards() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> Config.defaults().roles().remove(Role.EDGE));
    }
}
