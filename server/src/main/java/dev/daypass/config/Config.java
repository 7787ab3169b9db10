package dev.daypass.config;

import dev.daypass.wire.Durations;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything an operator can set, read once at the start. No value is out of range and no two
/// contradict each other: the constructors throw [InvalidConfig]. `docs/configuration.md` lists
/// every key.
///
/// @param data directory of the database, keys and certificates
/// @param issuer `iss` of every token; with port 0 and no issuer given it ends in `:0` until
///   [#withAgentsPort(int)]
/// @param trustDomain trust domain in the SPIFFE ids of agents
/// @param roles what this process does, at least one
/// @param agents where agents connect, always TLS
/// @param console the console and the operator API
/// @param health health and metrics
/// @param token access tokens
/// @param account temporary accounts
/// @param admit how much is let in
/// @param edge forwarding of calls
/// @param edges edges in other processes
/// @param ledger the writer of facts
/// @param intent how tasks are understood
/// @param limits what protects the edge and services
/// @param users whose tokens of users are believed, and what its users may hand on
/// @param mcpServers that the edge starts itself
public record Config(
        Path data,
        String issuer,
        String trustDomain,
        Set<Role> roles,
        Listener agents,
        Console console,
        Listener health,
        Token token,
        Account account,
        Admit admit,
        Edge edge,
        Edges edges,
        LedgerSettings ledger,
        IntentSettings intent,
        LimitSettings limits,
        List<UserIssuer> users,
        List<McpCommand> mcpServers) {
    public Config {
        Keys.DATA.require(data);
        Keys.TRUST_DOMAIN.require(trustDomain);
        Keys.ROLES.require(roles);
        if (!issuer.equals(IssuerUrl.onThisMachine(agents.port()))) {
            Keys.ISSUER.require(issuer);
        }
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
        users = List.copyOf(users);
        mcpServers = List.copyOf(mcpServers);
        requireOthers(issuer, users);
        requireBroker(roles);
        requireDistinct(Keys.AGENTS_PORT, agents.port(), Keys.CONSOLE_PORT, console.port());
        requireDistinct(Keys.AGENTS_PORT, agents.port(), Keys.HEALTH_PORT, health.port());
        requireDistinct(Keys.CONSOLE_PORT, console.port(), Keys.HEALTH_PORT, health.port());
        requireDistinct(Keys.EDGE_PLAIN_PORT, edge.plainPort(), Keys.AGENTS_PORT, agents.port());
        requireDistinct(Keys.EDGE_PLAIN_PORT, edge.plainPort(), Keys.CONSOLE_PORT, console.port());
        requireDistinct(Keys.EDGE_PLAIN_PORT, edge.plainPort(), Keys.HEALTH_PORT, health.port());
    }

    /// What one process does.
    public enum Role {
        /// Opens and ends accounts.
        BROKER,
        /// Forwards calls.
        EDGE,
        /// Serves the console and the operator API.
        CONSOLE
    }

    /// @param host address or host name to listen on
    /// @param port 0 to 65535; 0 is any free one
    public record Listener(String host, int port) {
        public Listener {
            Keys.HOST.require("host", host);
            Keys.PORT.require("port", port);
        }
    }

    /// @param host address or host name to listen on; other than loopback only with TLS
    /// @param port 0 to 65535; 0 is any free one
    /// @param tls whether to serve TLS, with the server's certificate
    public record Console(String host, int port, boolean tls) {
        public Console {
            Keys.CONSOLE_HOST.require(host);
            Keys.CONSOLE_PORT.require(port);
            if (!tls && !Hosts.isLoopback(host)) {
                throw InvalidConfig.contradiction(
                        Keys.CONSOLE_HOST.path(),
                        Keys.CONSOLE_TLS.path(),
                        "`%s` is not loopback, where only `console.tls: true` is permitted"
                                .formatted(host));
            }
        }
    }

    /// @param ttlMax the longest that one access token lives, 1 s to 1 h
    public record Token(Duration ttlMax) {
        public Token {
            Keys.TOKEN_TTL_MAX.require(ttlMax);
        }
    }

    /// Each from 1 s to 30 days.
    ///
    /// @param ttlDefault how long an account lives that asks for no time, at most `ttlMax`
    /// @param ttlMax the longest that an account may ask for
    /// @param approvalWait how long an account waits for a human before it expires
    /// @param keepEnded how long an ended account is still shown before its row is removed
    public record Account(
            Duration ttlDefault, Duration ttlMax, Duration approvalWait, Duration keepEnded) {
        public Account {
            Keys.ACCOUNT_TTL_DEFAULT.require(ttlDefault);
            Keys.ACCOUNT_TTL_CAP.require(ttlMax);
            Keys.ACCOUNT_APPROVAL_WAIT.require(approvalWait);
            Keys.ACCOUNT_KEEP_ENDED.require(keepEnded);
            if (ttlDefault.compareTo(ttlMax) > 0) {
                throw tooLarge(Keys.ACCOUNT_TTL_DEFAULT, ttlDefault, Keys.ACCOUNT_TTL_CAP, ttlMax);
            }
        }
    }

    /// @param opensPerSecond accounts that one agent may open, at most the tenant's
    /// @param opensBurst accounts that one agent may open at once after a pause, 1 to 1 000 000
    /// @param tenantOpensPerSecond accounts that all agents of a tenant may open together, 1 to 1
    ///   000 000 a second
    /// @param connectionsMax connections that the agents' listener holds open, 1 to 1 000 000
    /// @param addressConnectionsMax of them, those from one address, 1 to 1 000 000
    /// @param livingMax accounts that one agent may have at once, 1 to 1 000 000
    /// @param waitingMax accounts of one agent that may wait for a human, 1 to 1 000 000
    public record Admit(
            double opensPerSecond,
            int opensBurst,
            int tenantOpensPerSecond,
            int connectionsMax,
            int addressConnectionsMax,
            int livingMax,
            int waitingMax) {
        public Admit {
            Keys.ADMIT_OPENS_PER_SECOND.require(opensPerSecond);
            Keys.ADMIT_OPENS_BURST.require(opensBurst);
            Keys.ADMIT_TENANT_OPENS_PER_SECOND.require(tenantOpensPerSecond);
            Keys.ADMIT_CONNECTIONS_MAX.require(connectionsMax);
            Keys.ADMIT_ADDRESS_CONNECTIONS_MAX.require(addressConnectionsMax);
            Keys.ADMIT_LIVING_MAX.require(livingMax);
            Keys.ADMIT_WAITING_MAX.require(waitingMax);
            if (opensPerSecond > tenantOpensPerSecond) {
                throw tooLarge(
                        Keys.ADMIT_OPENS_PER_SECOND,
                        opensPerSecond,
                        Keys.ADMIT_TENANT_OPENS_PER_SECOND,
                        tenantOpensPerSecond);
            }
        }
    }

    /// @param connectTimeout how long connecting to a service may take, 10 ms to 1 min
    /// @param responseTimeout how long a service may take to begin its answer, 10 ms to 1 h
    /// @param idleTimeout a connection on which nothing moves for so long is closed, 10 ms to 1
    ///   day; at least `responseTimeout`
    /// @param upstreamConnections connections to one service, 1 to 65 536
    /// @param headerBytesMax bytes of all header fields of a message, 1 KiB to 1 MiB
    /// @param bodyBytesMax bytes of a body, 1 to 1 TiB
    /// @param allowPrivateUpstreams whether services may stand on loopback, private and link-local
    ///   addresses
    /// @param eventLoops threads that move bytes, 0 to 1 024; 0 is one per core
    /// @param plainPort on loopback, without TLS, 0 to 65 535; 0 is none
    /// @param brokers of an edge in a process of its own, at most 16; none is where it enrolled
    public record Edge(
            Duration connectTimeout,
            Duration responseTimeout,
            Duration idleTimeout,
            int upstreamConnections,
            int headerBytesMax,
            long bodyBytesMax,
            boolean allowPrivateUpstreams,
            int eventLoops,
            int plainPort,
            List<URI> brokers) {
        public Edge {
            brokers = List.copyOf(brokers);
            Keys.EDGE_CONNECT_TIMEOUT.require(connectTimeout);
            Keys.EDGE_RESPONSE_TIMEOUT.require(responseTimeout);
            Keys.EDGE_IDLE_TIMEOUT.require(idleTimeout);
            Keys.EDGE_UPSTREAM_CONNECTIONS.require(upstreamConnections);
            Keys.EDGE_HEADER_BYTES_MAX.require(headerBytesMax);
            Keys.EDGE_BODY_BYTES_MAX.require(bodyBytesMax);
            Keys.EDGE_EVENT_LOOPS.require(eventLoops);
            Keys.EDGE_PLAIN_PORT.require(plainPort);
            Keys.EDGE_BROKERS.require(brokers);
            if (responseTimeout.compareTo(idleTimeout) > 0) {
                throw tooLarge(
                        Keys.EDGE_RESPONSE_TIMEOUT,
                        responseTimeout,
                        Keys.EDGE_IDLE_TIMEOUT,
                        idleTimeout);
            }
        }
    }

    /// @param lease how long an edge serves without hearing from its broker, 200 ms to 1 min
    public record Edges(Duration lease) {
        public Edges {
            Keys.EDGES_LEASE.require(lease);
        }
    }

    /// What the file and the environment give, and the defaults for the rest; a variable beats the
    /// file.
    ///
    /// @param file a YAML file, or `null` for none
    /// @param environment all variables; those that do not begin with `DAYPASS_` are not looked at
    /// @throws WireException naming file, line, column and key, or the variable, and what was
    ///   expected
    public static Config load(@Nullable Path file, Map<String, String> environment) {
        Settings settings = Settings.read(file, environment);
        try {
            return from(settings);
        } catch (InvalidConfig e) {
            throw settings.located(e);
        }
    }

    /// What holds where nothing is given.
    public static Config defaults() {
        return load(null, Map.of());
    }

    /// The same with another port for agents, such as the free one that was found for port 0. An
    /// issuer that is `https://localhost` with the old port follows.
    public Config withAgentsPort(int port) {
        boolean follows = issuer.equals(IssuerUrl.onThisMachine(agents.port()));
        return new Config(
                data,
                follows ? IssuerUrl.onThisMachine(port) : issuer,
                trustDomain,
                roles,
                new Listener(agents.host(), port),
                console,
                health,
                token,
                account,
                admit,
                edge,
                edges,
                ledger,
                intent,
                limits,
                users,
                mcpServers);
    }

    private static Config from(Settings from) {
        int agentsPort = from.get(Keys.AGENTS_PORT);
        return new Config(
                from.get(Keys.DATA),
                from.get(Keys.ISSUER, IssuerUrl.onThisMachine(agentsPort)),
                from.get(Keys.TRUST_DOMAIN),
                from.get(Keys.ROLES),
                new Listener(from.get(Keys.AGENTS_HOST), agentsPort),
                new Console(
                        from.get(Keys.CONSOLE_HOST),
                        from.get(Keys.CONSOLE_PORT),
                        from.get(Keys.CONSOLE_TLS)),
                new Listener(from.get(Keys.HEALTH_HOST), from.get(Keys.HEALTH_PORT)),
                new Token(from.get(Keys.TOKEN_TTL_MAX)),
                account(from),
                admit(from),
                edge(from),
                new Edges(from.get(Keys.EDGES_LEASE)),
                LedgerSettings.from(from),
                IntentSettings.from(from),
                LimitSettings.from(from),
                from.users(),
                from.mcpServers());
    }

    private static Account account(Settings from) {
        return new Account(
                from.get(Keys.ACCOUNT_TTL_DEFAULT),
                from.get(Keys.ACCOUNT_TTL_CAP),
                from.get(Keys.ACCOUNT_APPROVAL_WAIT),
                from.get(Keys.ACCOUNT_KEEP_ENDED));
    }

    private static Admit admit(Settings from) {
        return new Admit(
                from.get(Keys.ADMIT_OPENS_PER_SECOND),
                from.get(Keys.ADMIT_OPENS_BURST),
                from.get(Keys.ADMIT_TENANT_OPENS_PER_SECOND),
                from.get(Keys.ADMIT_CONNECTIONS_MAX),
                from.get(Keys.ADMIT_ADDRESS_CONNECTIONS_MAX),
                from.get(Keys.ADMIT_LIVING_MAX),
                from.get(Keys.ADMIT_WAITING_MAX));
    }

    private static Edge edge(Settings from) {
        return new Edge(
                from.get(Keys.EDGE_CONNECT_TIMEOUT),
                from.get(Keys.EDGE_RESPONSE_TIMEOUT),
                from.get(Keys.EDGE_IDLE_TIMEOUT),
                from.get(Keys.EDGE_UPSTREAM_CONNECTIONS),
                from.get(Keys.EDGE_HEADER_BYTES_MAX),
                from.get(Keys.EDGE_BODY_BYTES_MAX),
                from.get(Keys.EDGE_ALLOW_PRIVATE_UPSTREAMS),
                from.get(Keys.EDGE_EVENT_LOOPS),
                from.get(Keys.EDGE_PLAIN_PORT),
                from.get(Keys.EDGE_BROKERS));
    }

    // A console reads the broker's store. An edge has none, and needs none.
    private static void requireBroker(Set<Role> roles) {
        if (roles.contains(Role.CONSOLE) && !roles.contains(Role.BROKER)) {
            throw InvalidConfig.value(
                    Keys.ROLES.path(),
                    "is `%s`; expected `broker` beside `console`".formatted(Keys.rolesText(roles)));
        }
    }

    /// Whether this process is an edge alone, whose broker is elsewhere.
    public boolean edgeAlone() {
        return !roles.contains(Role.BROKER);
    }

    // An account of ours is no user: what it may do was bounded already, and without one.
    private static void requireOthers(String issuer, List<UserIssuer> users) {
        if (users.stream().anyMatch(user -> user.issuer().equals(issuer))) {
            throw InvalidConfig.value(
                    Keys.ISSUER.path(),
                    "is also among `users`; expected the issuers of your users' tokens there, not this server");
        }
    }

    private static void requireDistinct(Key<Integer> one, int port, Key<Integer> two, int other) {
        if (port != 0 && port == other) {
            throw InvalidConfig.contradiction(
                    one.path(),
                    two.path(),
                    "both are %d, and each listener needs a port of its own".formatted(port));
        }
    }

    static InvalidConfig tooLarge(Key<?> key, Object value, Key<?> limit, Object limitValue) {
        return InvalidConfig.contradiction(
                key.path(),
                limit.path(),
                "`%s` is %s; expected at most `%s`, which is %s"
                        .formatted(key.path(), shown(value), limit.path(), shown(limitValue)));
    }

    private static String shown(Object value) {
        return value instanceof Duration duration ? Durations.text(duration) : value.toString();
    }
}
