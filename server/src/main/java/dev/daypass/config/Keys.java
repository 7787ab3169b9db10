package dev.daypass.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.daypass.config.Config.Role;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.SpiffeId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every key there is, in the order of the reference.
final class Keys {
    static final Kind<String> HOST =
            Kind.text(
                    "an address or host name to listen on, such as 127.0.0.1, ::1 or localhost",
                    Hosts::isHost);
    static final Kind<Integer> PORT = Kind.port();

    private static final long TEBIBYTE = 1L << 40;
    private static final long GIBIBYTE = 1L << 30;
    private static final Duration ACCOUNT_TTL_MAX = ofDays(30);
    private static final Kind<Duration> ACCOUNT_TTL = Kind.duration(ofSeconds(1), ACCOUNT_TTL_MAX);
    private static final Kind<Set<Role>> ROLE_SET =
            new Kind<>(
                    "one or more of broker, edge and console, each once",
                    Keys::rolesOrNull,
                    roles -> !roles.isEmpty(),
                    Keys::rolesText);

    static final Key<Path> DATA =
            new Key<>(
                    "data",
                    Kind.PATH,
                    Path.of("data"),
                    "directory of the database, keys and certificates; relative to the working directory");
    static final Key<String> ISSUER =
            new Key<>(
                    "issuer",
                    Kind.text(IssuerUrl.EXPECTED, IssuerUrl::isIssuer),
                    IssuerUrl.onThisMachine(8443),
                    "`iss` of every token, and the URL under which agents find the server; where not given, its port follows `agents.port`");
    static final Key<String> TRUST_DOMAIN =
            new Key<>(
                    "trust_domain",
                    Kind.text(
                            "a SPIFFE trust domain of 1 to 255 characters from a-z, 0-9, `.`, `_` and `-`",
                            Keys::isTrustDomain),
                    "daypass.local",
                    "trust domain in the SPIFFE ids of agents");
    static final Key<Set<Role>> ROLES =
            new Key<>(
                    "roles",
                    ROLE_SET,
                    roles(EnumSet.allOf(Role.class)),
                    "what this process does; a list in the file, separated by commas in the variable");

    static final Key<String> AGENTS_HOST =
            new Key<>("agents.host", HOST, "0.0.0.0", "address that agents connect to, always TLS");
    static final Key<Integer> AGENTS_PORT =
            new Key<>("agents.port", PORT, 8443, "port that agents connect to; 0 is any free one");
    static final Key<String> CONSOLE_HOST =
            new Key<>(
                    "console.host",
                    HOST,
                    "127.0.0.1",
                    "address of the console and the operator API; other than loopback only with `console.tls`");
    static final Key<Integer> CONSOLE_PORT =
            new Key<>(
                    "console.port",
                    PORT,
                    8080,
                    "port of the console and the operator API; 0 is any free one");
    static final Key<Boolean> CONSOLE_TLS =
            new Key<>(
                    "console.tls",
                    Kind.FLAG,
                    false,
                    "serve the console over TLS with the server's certificate");
    static final Key<String> HEALTH_HOST =
            new Key<>(
                    "health.host",
                    HOST,
                    "127.0.0.1",
                    "address of health and metrics, without TLS and without authentication");
    static final Key<Integer> HEALTH_PORT =
            new Key<>("health.port", PORT, 9090, "port of health and metrics; 0 is any free one");

    static final Key<Duration> TOKEN_TTL_MAX =
            new Key<>(
                    "token.ttl_max",
                    Kind.duration(ofSeconds(1), ofHours(1)),
                    ofHours(1),
                    "the longest that one access token lives; it is renewed while its account lives");

    static final Key<Duration> ACCOUNT_TTL_DEFAULT =
            new Key<>(
                    "account.ttl_default",
                    ACCOUNT_TTL,
                    ofMinutes(10),
                    "how long an account lives that asks for no time");
    static final Key<Duration> ACCOUNT_TTL_CAP =
            new Key<>(
                    "account.ttl_max",
                    ACCOUNT_TTL,
                    ofDays(1),
                    "the longest that an account may ask for");
    static final Key<Duration> ACCOUNT_APPROVAL_WAIT =
            new Key<>(
                    "account.approval_wait",
                    ACCOUNT_TTL,
                    ofHours(1),
                    "how long an account waits for a human before it expires");
    static final Key<Duration> ACCOUNT_KEEP_ENDED =
            new Key<>(
                    "account.keep_ended",
                    ACCOUNT_TTL,
                    ofHours(1),
                    "how long an ended account is still shown before its row is removed, in PostgreSQL up to 6 h longer; the ledger keeps its facts");

    static final Key<Double> ADMIT_OPENS_PER_SECOND =
            new Key<>(
                    "admit.opens_per_second",
                    Kind.rate(0.001, 100_000, "opens per second"),
                    50.0,
                    "accounts that one agent may open, on average");
    static final Key<Integer> ADMIT_OPENS_BURST =
            new Key<>(
                    "admit.opens_burst",
                    Kind.count(1, 1_000_000, "opens"),
                    100,
                    "accounts that one agent may open at once after a pause");
    static final Key<Integer> ADMIT_TENANT_OPENS_PER_SECOND =
            new Key<>(
                    "admit.tenant_opens_per_second",
                    Kind.count(1, 1_000_000, "opens per second"),
                    2_000,
                    "accounts that all agents of a tenant may open together");
    static final Key<Integer> ADMIT_CONNECTIONS_MAX =
            new Key<>(
                    "admit.connections_max",
                    Kind.count(1, 1_000_000, "connections"),
                    10_000,
                    "connections that the agents' listener holds open at once");
    static final Key<Integer> ADMIT_ADDRESS_CONNECTIONS_MAX =
            new Key<>(
                    "admit.address_connections_max",
                    Kind.count(1, 1_000_000, "connections"),
                    1_000,
                    "of these, those from one IPv4 address, or from one /64 of IPv6; this machine's own are not counted");

    static final Key<Integer> ADMIT_LIVING_MAX =
            new Key<>(
                    "admit.living_max",
                    Kind.count(1, 1_000_000, "accounts"),
                    50_000,
                    "accounts that one agent may have at once, those that wait for a human included");
    static final Key<Integer> ADMIT_WAITING_MAX =
            new Key<>(
                    "admit.waiting_max",
                    Kind.count(1, 1_000_000, "accounts"),
                    100,
                    "accounts of one agent that may wait for a human at once");

    static final Key<Duration> EDGE_CONNECT_TIMEOUT =
            new Key<>(
                    "edge.connect_timeout",
                    Kind.duration(ofMillis(10), ofMinutes(1)),
                    ofSeconds(5),
                    "how long connecting to a service may take");
    static final Key<Duration> EDGE_RESPONSE_TIMEOUT =
            new Key<>(
                    "edge.response_timeout",
                    Kind.duration(ofMillis(10), ofHours(1)),
                    ofMinutes(1),
                    "how long a service may take to begin its answer");
    static final Key<Duration> EDGE_IDLE_TIMEOUT =
            new Key<>(
                    "edge.idle_timeout",
                    Kind.duration(ofMillis(10), ofDays(1)),
                    ofMinutes(2),
                    "a connection on which nothing moves for so long is closed; not below `edge.response_timeout`");
    static final Key<Integer> EDGE_UPSTREAM_CONNECTIONS =
            new Key<>(
                    "edge.upstream_connections",
                    Kind.count(1, 65_536, "connections"),
                    256,
                    "connections that the edge opens to one service");
    static final Key<Integer> EDGE_HEADER_BYTES_MAX =
            new Key<>(
                    "edge.header_bytes_max",
                    Kind.count(1_024, 1_048_576, "bytes"),
                    16_384,
                    "size of all header fields of a message");
    static final Key<Long> EDGE_BODY_BYTES_MAX =
            new Key<>(
                    "edge.body_bytes_max",
                    Kind.bytes(1, TEBIBYTE),
                    GIBIBYTE,
                    "size of a body, streamed and never held whole");
    static final Key<Boolean> EDGE_ALLOW_PRIVATE_UPSTREAMS =
            new Key<>(
                    "edge.allow_private_upstreams",
                    Kind.FLAG,
                    false,
                    "let services stand on loopback, private and link-local addresses");
    static final Key<Integer> EDGE_EVENT_LOOPS =
            new Key<>(
                    "edge.event_loops",
                    Kind.count(0, 1_024, "threads"),
                    0,
                    "threads that move bytes; 0 is one per core");

    static final Key<Integer> EDGE_PLAIN_PORT =
            new Key<>(
                    "edge.plain_port",
                    PORT,
                    0,
                    "a loopback port without TLS, for a proxy on this host that ends TLS itself; 0 for none");

    static final Key<List<URI>> EDGE_BROKERS =
            new Key<>(
                    "edge.brokers",
                    BrokerUrls.KIND,
                    List.of(),
                    "where the brokers of an edge in a process of its own are, tried in turn; none is where it enrolled");

    static final Key<Duration> EDGES_LEASE =
            new Key<>(
                    "edges.lease",
                    Kind.duration(ofMillis(200), ofMinutes(1)),
                    ofSeconds(2),
                    "how long an edge in another process serves without hearing from its broker");

    static final Key<Integer> LEDGER_QUEUE_MAX =
            new Key<>(
                    "ledger.queue_max",
                    Kind.count(1, 1_000_000, "facts"),
                    10_000,
                    "facts that wait for the writer; when full, callers get 503");
    static final Key<Integer> LEDGER_BATCH_MAX =
            new Key<>(
                    "ledger.batch_max",
                    Kind.count(1, 100_000, "facts"),
                    512,
                    "facts in one durable commit; not above `ledger.queue_max`");
    static final Key<Boolean> LEDGER_READS_DURABLE_FIRST =
            new Key<>(
                    "ledger.reads_durable_first",
                    Kind.FLAG,
                    false,
                    "hold back the answer of a call that only reads, too, until its fact is durable");
    static final Key<Duration> LEDGER_KEEP_PERSONAL =
            new Key<>(
                    "ledger.keep_personal",
                    Kind.duration(ACCOUNT_TTL_MAX, ofDays(36_500)),
                    ofDays(365),
                    "how long tasks, users, arguments and paths in the ledger stay readable after their account opened; then their keys are destroyed");

    private static final List<Key<?>> OWN =
            List.of(
                    DATA,
                    ISSUER,
                    TRUST_DOMAIN,
                    ROLES,
                    AGENTS_HOST,
                    AGENTS_PORT,
                    CONSOLE_HOST,
                    CONSOLE_PORT,
                    CONSOLE_TLS,
                    HEALTH_HOST,
                    HEALTH_PORT,
                    TOKEN_TTL_MAX,
                    ACCOUNT_TTL_DEFAULT,
                    ACCOUNT_TTL_CAP,
                    ACCOUNT_APPROVAL_WAIT,
                    ACCOUNT_KEEP_ENDED,
                    ADMIT_OPENS_PER_SECOND,
                    ADMIT_OPENS_BURST,
                    ADMIT_TENANT_OPENS_PER_SECOND,
                    ADMIT_CONNECTIONS_MAX,
                    ADMIT_ADDRESS_CONNECTIONS_MAX,
                    ADMIT_LIVING_MAX,
                    ADMIT_WAITING_MAX,
                    EDGE_CONNECT_TIMEOUT,
                    EDGE_RESPONSE_TIMEOUT,
                    EDGE_IDLE_TIMEOUT,
                    EDGE_UPSTREAM_CONNECTIONS,
                    EDGE_HEADER_BYTES_MAX,
                    EDGE_BODY_BYTES_MAX,
                    EDGE_ALLOW_PRIVATE_UPSTREAMS,
                    EDGE_EVENT_LOOPS,
                    EDGE_PLAIN_PORT,
                    EDGE_BROKERS,
                    EDGES_LEASE,
                    LEDGER_QUEUE_MAX,
                    LEDGER_BATCH_MAX,
                    LEDGER_READS_DURABLE_FIRST,
                    LEDGER_KEEP_PERSONAL);

    static final List<Key<?>> ALL =
            Stream.<List<? extends Key<?>>>of(
                            OWN,
                            LedgerSettings.ALL,
                            DatabaseSettings.ALL,
                            NatsSettings.ALL,
                            IntentKeys.ALL,
                            LimitKeys.ALL)
                    .<Key<?>>flatMap(List::stream)
                    .toList();

    private Keys() {}

    static String rolesText(Set<Role> roles) {
        return roles.stream()
                .sorted()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static Set<Role> roles(EnumSet<Role> roles) {
        return Collections.unmodifiableSet(roles);
    }

    private static @Nullable Set<Role> rolesOrNull(String text) {
        var roles = EnumSet.noneOf(Role.class);
        for (String word : text.split(",", -1)) {
            Role role = roleOrNull(word.strip());
            if (role == null || !roles.add(role)) {
                return null;
            }
        }
        return roles(roles);
    }

    private static @Nullable Role roleOrNull(String word) {
        return switch (word) {
            case "broker" -> Role.BROKER;
            case "edge" -> Role.EDGE;
            case "console" -> Role.CONSOLE;
            default -> null;
        };
    }

    private static boolean isTrustDomain(String text) {
        try {
            return new SpiffeId(text, new AgentId("any")).trustDomain().equals(text);
        } catch (InvalidName _) {
            return false;
        }
    }
}
