package dev.daypass.config;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.daypass.config.Config.Role;
import dev.daypass.ledger.NoteKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappingTest {
    private static final String FILE =
            """
            data: /var/lib/daypass
            issuer: https://daypass.example/eu
            trust_domain: example.org
            roles: [broker, edge]
            agents: {host: "::1", port: 18443}
            console: {host: console.example, port: 18080, tls: true}
            health: {host: 10.0.0.9, port: 19090}
            token: {ttl_max: 20m}
            account:
              ttl_default: 15m
              ttl_max: 12h
              approval_wait: 30m
              keep_ended: 2h
            admit:
              opens_per_second: 0.25
              opens_burst: 7
              tenant_opens_per_second: 300
              connections_max: 1234
              address_connections_max: 321
              living_max: 4321
              waiting_max: 12
            edge:
              connect_timeout: 750ms
              response_timeout: 45s
              idle_timeout: 1m30s
              upstream_connections: 33
              header_bytes_max: 32768
              body_bytes_max: 5000000000
              allow_private_upstreams: true
              event_loops: 3
              plain_port: 18090
              brokers: ["https://one.example:8443", "https://two.example"]
            edges:
              lease: 3s
            ledger:
              queue_max: 5000
              batch_max: 64
              reads_durable_first: true
              keep_personal: 90d
              witnesses: ["https://witness.example/w witness.example+0080fed4+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"]
            database:
              url: jdbc:postgresql://db.example:5433/passes?sslmode=verify-full
              user: passes
              password: file:/run/secrets/db
            feed:
              nats_url: tls://nats.example:4222
              nats_user: passes
              nats_password: file:/run/secrets/nats
            intent:
              model: openai:a-model
              base_url: https://models.example/v1
              api_key: file:/run/secrets/model
              mode: model-then-human
              fallback: refuse
              later_wishes: ask
              timeout: 1500ms
              candidates_max: 40
              cache_entries: 500
              answer_bytes_max: 8192
              tokens_per_hour: 20000
            limits:
              account_calls: 11
              agent_calls: 22
              service_calls: 33
              handshake_timeout: 1s
              resumption: 90s
              head_timeout: 2s
              body_timeout: 3s
              reader_timeout: 4s
              answer_bytes_max: 5000000
              message_bytes_max: 6000
              breaker_failures: 7
              breaker_rest: 8s
              drain_timeout: 9s
            """;

    private static final Map<String, String> ENVIRONMENT =
            Map.ofEntries(
                    Map.entry("DAYPASS_DATA", "/var/lib/daypass"),
                    Map.entry("DAYPASS_ISSUER", "https://daypass.example/eu"),
                    Map.entry("DAYPASS_TRUST_DOMAIN", "example.org"),
                    Map.entry("DAYPASS_ROLES", "broker, edge"),
                    Map.entry("DAYPASS_AGENTS_HOST", "::1"),
                    Map.entry("DAYPASS_AGENTS_PORT", "18443"),
                    Map.entry("DAYPASS_CONSOLE_HOST", "console.example"),
                    Map.entry("DAYPASS_CONSOLE_PORT", "18080"),
                    Map.entry("DAYPASS_CONSOLE_TLS", "true"),
                    Map.entry("DAYPASS_HEALTH_HOST", "10.0.0.9"),
                    Map.entry("DAYPASS_HEALTH_PORT", "19090"),
                    Map.entry("DAYPASS_TOKEN_TTL_MAX", "20m"),
                    Map.entry("DAYPASS_ACCOUNT_TTL_DEFAULT", "15m"),
                    Map.entry("DAYPASS_ACCOUNT_TTL_MAX", "12h"),
                    Map.entry("DAYPASS_ACCOUNT_APPROVAL_WAIT", "30m"),
                    Map.entry("DAYPASS_ACCOUNT_KEEP_ENDED", "2h"),
                    Map.entry("DAYPASS_ADMIT_OPENS_PER_SECOND", "0.25"),
                    Map.entry("DAYPASS_ADMIT_OPENS_BURST", "7"),
                    Map.entry("DAYPASS_ADMIT_TENANT_OPENS_PER_SECOND", "300"),
                    Map.entry("DAYPASS_ADMIT_CONNECTIONS_MAX", "1234"),
                    Map.entry("DAYPASS_ADMIT_ADDRESS_CONNECTIONS_MAX", "321"),
                    Map.entry("DAYPASS_ADMIT_LIVING_MAX", "4321"),
                    Map.entry("DAYPASS_ADMIT_WAITING_MAX", "12"),
                    Map.entry("DAYPASS_EDGE_CONNECT_TIMEOUT", "750ms"),
                    Map.entry("DAYPASS_EDGE_RESPONSE_TIMEOUT", "45s"),
                    Map.entry("DAYPASS_EDGE_IDLE_TIMEOUT", "1m30s"),
                    Map.entry("DAYPASS_EDGE_UPSTREAM_CONNECTIONS", "33"),
                    Map.entry("DAYPASS_EDGE_HEADER_BYTES_MAX", "32768"),
                    Map.entry("DAYPASS_EDGE_BODY_BYTES_MAX", "5000000000"),
                    Map.entry("DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true"),
                    Map.entry("DAYPASS_EDGE_EVENT_LOOPS", "3"),
                    Map.entry("DAYPASS_EDGE_PLAIN_PORT", "18090"),
                    Map.entry(
                            "DAYPASS_EDGE_BROKERS",
                            "https://one.example:8443, https://two.example"),
                    Map.entry("DAYPASS_EDGES_LEASE", "3s"),
                    Map.entry("DAYPASS_LEDGER_QUEUE_MAX", "5000"),
                    Map.entry("DAYPASS_LEDGER_BATCH_MAX", "64"),
                    Map.entry("DAYPASS_LEDGER_READS_DURABLE_FIRST", "true"),
                    Map.entry("DAYPASS_LEDGER_KEEP_PERSONAL", "90d"),
                    Map.entry(
                            "DAYPASS_LEDGER_WITNESSES",
                            "https://witness.example/w  witness.example+0080fed4+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"),
                    Map.entry(
                            "DAYPASS_DATABASE_URL",
                            "jdbc:postgresql://db.example:5433/passes?sslmode=verify-full"),
                    Map.entry("DAYPASS_DATABASE_USER", "passes"),
                    Map.entry("DAYPASS_DATABASE_PASSWORD", "file:/run/secrets/db"),
                    Map.entry("DAYPASS_FEED_NATS_URL", "tls://nats.example:4222"),
                    Map.entry("DAYPASS_FEED_NATS_USER", "passes"),
                    Map.entry("DAYPASS_FEED_NATS_PASSWORD", "file:/run/secrets/nats"),
                    Map.entry("DAYPASS_INTENT_MODEL", "openai:a-model"),
                    Map.entry("DAYPASS_INTENT_BASE_URL", "https://models.example/v1"),
                    Map.entry("DAYPASS_INTENT_API_KEY", "file:/run/secrets/model"),
                    Map.entry("DAYPASS_INTENT_MODE", "model-then-human"),
                    Map.entry("DAYPASS_INTENT_FALLBACK", "refuse"),
                    Map.entry("DAYPASS_INTENT_LATER_WISHES", "ask"),
                    Map.entry("DAYPASS_INTENT_TIMEOUT", "1500ms"),
                    Map.entry("DAYPASS_INTENT_CANDIDATES_MAX", "40"),
                    Map.entry("DAYPASS_INTENT_CACHE_ENTRIES", "500"),
                    Map.entry("DAYPASS_INTENT_ANSWER_BYTES_MAX", "8192"),
                    Map.entry("DAYPASS_INTENT_TOKENS_PER_HOUR", "20000"),
                    Map.entry("DAYPASS_LIMITS_ACCOUNT_CALLS", "11"),
                    Map.entry("DAYPASS_LIMITS_AGENT_CALLS", "22"),
                    Map.entry("DAYPASS_LIMITS_SERVICE_CALLS", "33"),
                    Map.entry("DAYPASS_LIMITS_HANDSHAKE_TIMEOUT", "1s"),
                    Map.entry("DAYPASS_LIMITS_RESUMPTION", "90s"),
                    Map.entry("DAYPASS_LIMITS_HEAD_TIMEOUT", "2s"),
                    Map.entry("DAYPASS_LIMITS_BODY_TIMEOUT", "3s"),
                    Map.entry("DAYPASS_LIMITS_READER_TIMEOUT", "4s"),
                    Map.entry("DAYPASS_LIMITS_ANSWER_BYTES_MAX", "5000000"),
                    Map.entry("DAYPASS_LIMITS_MESSAGE_BYTES_MAX", "6000"),
                    Map.entry("DAYPASS_LIMITS_BREAKER_FAILURES", "7"),
                    Map.entry("DAYPASS_LIMITS_BREAKER_REST", "8s"),
                    Map.entry("DAYPASS_LIMITS_DRAIN_TIMEOUT", "9s"));

    private static final Config EXPECTED =
            new Config(
                    Path.of("/var/lib/daypass"),
                    "https://daypass.example/eu",
                    "example.org",
                    Set.of(Role.BROKER, Role.EDGE),
                    new Config.Listener("::1", 18_443),
                    new Config.Console("console.example", 18_080, true),
                    new Config.Listener("10.0.0.9", 19_090),
                    new Config.Token(Duration.ofMinutes(20)),
                    new Config.Account(
                            Duration.ofMinutes(15),
                            Duration.ofHours(12),
                            Duration.ofMinutes(30),
                            Duration.ofHours(2)),
                    new Config.Admit(0.25, 7, 300, 1_234, 321, 4_321, 12),
                    new Config.Edge(
                            Duration.ofMillis(750),
                            Duration.ofSeconds(45),
                            Duration.ofSeconds(90),
                            33,
                            32_768,
                            5_000_000_000L,
                            true,
                            3,
                            18_090,
                            List.of(
                                    URI.create("https://one.example:8443"),
                                    URI.create("https://two.example"))),
                    new Config.Edges(Duration.ofSeconds(3)),
                    new LedgerSettings(
                            5_000,
                            64,
                            true,
                            Duration.ofDays(90),
                            List.of(
                                    new LedgerWitness(
                                            URI.create("https://witness.example/w"),
                                            NoteKey.parse(
                                                    "witness.example+0080fed4+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"))),
                            new DatabaseSettings(
                                    "jdbc:postgresql://db.example:5433/passes?sslmode=verify-full",
                                    "passes",
                                    new SecretSource.InFile(Path.of("/run/secrets/db")),
                                    new NatsSettings(
                                            "tls://nats.example:4222",
                                            "passes",
                                            new SecretSource.InFile(
                                                    Path.of("/run/secrets/nats"))))),
                    new IntentSettings(
                            new ModelChoice.Model(ModelProvider.OPENAI, "a-model"),
                            "https://models.example/v1",
                            new SecretSource.InFile(Path.of("/run/secrets/model")),
                            IntentSettings.Mode.MODEL_THEN_HUMAN,
                            IntentSettings.Fallback.REFUSE,
                            dev.daypass.intent.LaterWishes.ASK,
                            new IntentSettings.Limits(
                                    Duration.ofMillis(1_500), 40, 500, 8_192, 20_000)),
                    new LimitSettings(
                            11,
                            22,
                            33,
                            new LimitSettings.Pace(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(4)),
                            Duration.ofSeconds(90),
                            5_000_000L,
                            6_000,
                            new LimitSettings.Breaker(7, Duration.ofSeconds(8)),
                            Duration.ofSeconds(9)),
                    List.of(),
                    List.of());

    @TempDir Path folder = Path.of("");

    @Test
    void every_key_of_the_file_reaches_its_place() throws IOException {
        Path file = Files.writeString(folder.resolve("daypass.yaml"), FILE);

        assertEquals(EXPECTED, Config.load(file, Map.of()));
    }

    @Test
    void every_variable_reaches_its_place() {
        assertEquals(EXPECTED, Config.load(null, ENVIRONMENT));
    }

    @Test
    void the_full_mappings_leave_no_key_out_and_none_at_its_default() throws IOException {
        Path file = Files.writeString(folder.resolve("daypass.yaml"), FILE);

        Map<String, Given> fromFile = ConfigFile.read(file).values();
        Map<String, Given> fromEnvironment = Environment.read(ENVIRONMENT);

        var paths = new TreeSet<>(Keys.ALL.stream().map(Key::path).toList());
        assertEquals(paths, new TreeSet<>(fromFile.keySet()));
        assertEquals(paths, new TreeSet<>(fromEnvironment.keySet()));
        for (Key<?> key : Keys.ALL) {
            Given given = requireNonNull(fromFile.get(key.path()));
            assertNotEquals(key.otherwise(), key.kind().parse(given.text()), key.path());
        }
    }

    @Test
    void each_variable_moves_only_its_own_value() {
        for (Key<?> key : Keys.ALL) {
            String text = requireNonNull(ENVIRONMENT.get(key.variable()));

            Settings settings = Settings.read(null, Map.of(key.variable(), text));

            for (Key<?> each : Keys.ALL) {
                Object expected = each.equals(key) ? key.kind().parse(text) : each.otherwise();
                assertEquals(expected, settings.get(each), key.path());
            }
        }
    }

    @Test
    void a_variable_beats_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("daypass.yaml"), FILE);

        Config config = Config.load(file, Map.of("DAYPASS_EDGE_IDLE_TIMEOUT", "4m"));

        assertEquals(Duration.ofMinutes(4), config.edge().idleTimeout());
        assertEquals(EXPECTED.edge().responseTimeout(), config.edge().responseTimeout());
    }

    @Test
    void what_a_key_writes_it_reads_again() {
        for (Key<?> key : Keys.ALL) {
            assertEquals(key.otherwise(), key.kind().parse(key.defaultText()), key.path());
        }
    }
}
