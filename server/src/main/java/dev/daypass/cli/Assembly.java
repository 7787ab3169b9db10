package dev.daypass.cli;

import dev.daypass.authority.KnownPeers;
import dev.daypass.broker.AccountNews;
import dev.daypass.broker.BrokerParts;
import dev.daypass.broker.Fleet;
import dev.daypass.broker.HeldAccounts;
import dev.daypass.broker.Janitor;
import dev.daypass.broker.Minting;
import dev.daypass.broker.StatusLists;
import dev.daypass.catalog.PublicAddress;
import dev.daypass.checkpoint.Checkpointer;
import dev.daypass.checkpoint.LedgerProofs;
import dev.daypass.config.Config;
import dev.daypass.console.Console;
import dev.daypass.console.ConsoleParts;
import dev.daypass.dpop.Nonces;
import dev.daypass.dpop.Proofs;
import dev.daypass.dpop.SeenProofs;
import dev.daypass.edge.Edge;
import dev.daypass.events.EventCourier;
import dev.daypass.events.EventParts;
import dev.daypass.events.EventSigner;
import dev.daypass.events.EventStreams;
import dev.daypass.feed.LocalFeed;
import dev.daypass.fleet.EdgeApi;
import dev.daypass.fleet.FleetParts;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Routes;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.intent.IntentParser;
import dev.daypass.issuer.AccountAnswers;
import dev.daypass.issuer.Issuer;
import dev.daypass.issuer.IssuerParts;
import dev.daypass.issuer.Signatures;
import dev.daypass.llm.LanguageParser;
import dev.daypass.store.Store;
import dev.daypass.users.Users;
import dev.daypass.vault.Secret;
import dev.daypass.vault.Vault;
import dev.daypass.wire.WireException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The parts of a server, wired together; nothing listens yet.
///
/// @param agents what agents reach besides services
/// @param operators what operators reach
/// @param janitor ends what is overdue
/// @param held ends what nobody uses any more
/// @param fleet edges in other processes
/// @param news that agents follow
/// @param courier brings events to their receivers
/// @param edge serves calls; `null` without that role
record Assembly(
        Routes agents,
        Routes operators,
        Janitor janitor,
        HeldAccounts held,
        Fleet fleet,
        AccountNews news,
        EventCourier courier,
        @Nullable Edge edge) {
    private static final int NONCE_SECRET_BYTES = 32;

    /// What the parts stand on.
    ///
    /// @param config the whole configuration
    /// @param keys of the data directory
    /// @param store facts and state
    /// @param feed that the store publishes to
    /// @param clock wall clock
    /// @param waiting runs what may wait; virtual threads
    /// @param model what asking a language model needs
    /// @param stdio MCP servers that this process starts itself
    /// @param checkpoints signs the ledger's tree
    record Ground(
            Config config,
            DataDirectory.Keys keys,
            Store store,
            LocalFeed feed,
            InstantSource clock,
            Executor waiting,
            Model model,
            Stdio stdio,
            Checkpointer checkpoints) {
        /// What runs commands in this process.
        CommandsHere commands() {
            return new CommandsHere(clock, new DataDirectory(config.data()));
        }
    }

    /// @param apiKey to the language model; `null` where there is none
    /// @param metrics counts questions and what they cost
    record Model(@Nullable Secret apiKey, MeterRegistry metrics) {}

    static Assembly on(Ground ground) {
        Config config = ground.config();
        var vault = new Vault(ground.keys().sealer());
        var time = new Minting.Time(ground.clock(), System::nanoTime, new SecureRandom());
        var minting =
                new Minting(
                        config.issuer(), config.token().ttlMax(), ground.keys().keys()::sign, time);
        Users users = users(ground);
        BrokerParts broker =
                BrokerParts.assemble(
                        new BrokerParts.Needs(
                                config,
                                ground.store(),
                                ground.feed(),
                                vault,
                                ground.keys().authority(),
                                users,
                                new LifeFile(config.data())),
                        minting,
                        parser(ground, time, new EmbeddedParser()),
                        ground.waiting());
        var peers = new KnownPeers(ground.keys().authority().anchor());
        Proofs proofs = proofs(ground.clock(), time);
        EventParts events = events(ground, vault, time);
        String openApi = openApi();
        return new Assembly(
                Issuer.routes(
                        issuer(ground, broker, minting, new Judges(peers, proofs, users)),
                        openApi,
                        EdgeApi.routes(edges(ground, broker, vault))),
                Console.routes(
                        console(ground, broker, minting, events.streams()),
                        ground.commands(),
                        openApi),
                broker.janitor(),
                broker.held(),
                broker.fleet(),
                broker.news(),
                events.courier(),
                config.roles().contains(Config.Role.EDGE)
                        ? edge(ground, broker, vault, new Judges(peers, proofs, users))
                        : null);
    }

    /// What another server of the same database says.
    void said(String message) {
        if (!held.said(message)) {
            fleet.said(message);
        }
    }

    /// Does what is due about leases.
    void tick() {
        fleet.tick();
        held.tick();
    }

    private static FleetParts edges(Ground ground, BrokerParts broker, Vault vault) {
        return new FleetParts(
                ground.config().issuer(),
                ground.config().ledger().readsDurableFirst(),
                ground.keys().keys()::jwks,
                ground.keys().authority().anchor(),
                broker.edges(),
                broker.fleet(),
                broker.link(),
                broker.allotments(),
                vault,
                ground.clock(),
                ground.waiting());
    }

    /// Broker and edge take the same nonces, and what one has used up the other does not take.
    private static Proofs proofs(InstantSource clock, Minting.Time time) {
        byte[] secret = new byte[NONCE_SECRET_BYTES];
        time.random().nextBytes(secret);
        return new Proofs(
                new Nonces(secret, time.nanoTime()),
                new SeenProofs(SeenProofs.PROOFS_MAX, time.nanoTime()),
                clock);
    }

    private record Judges(KnownPeers peers, Proofs proofs, Users users) {}

    private static Users users(Ground ground) {
        try {
            return Users.of(
                    ground.config().users(),
                    ground.keys().authority().trustDomain(),
                    ground.clock());
        } catch (WireException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static IntentParser parser(Ground ground, Minting.Time time, IntentParser embedded) {
        if (!ground.config().intent().asksModel()) {
            return embedded;
        }
        return LanguageParser.over(
                embedded,
                ground.config().intent(),
                ground.model().apiKey(),
                new LanguageParser.Surroundings(
                        ground.clock(),
                        time.nanoTime(),
                        time.random(),
                        ground.waiting(),
                        new ModelMetrics(ground.model().metrics())));
    }

    private static IssuerParts issuer(
            Ground ground, BrokerParts broker, Minting minting, Judges judges) {
        return new IssuerParts(
                ground.config().issuer(),
                broker.broker(),
                broker.endings(),
                broker.records(),
                broker.held(),
                broker.news(),
                broker.registry(),
                new LedgerProofs(ground.store(), ground.checkpoints()),
                StatusLists.of(
                        ground.config().issuer(),
                        ground.store().outward(),
                        claims -> ground.keys().keys().sign(StatusLists.TYPE, claims),
                        ground.clock(),
                        ground.feed()),
                broker.userEvents(),
                minting,
                ground.keys().keys(),
                judges.peers(),
                judges.proofs(),
                judges.users(),
                ground.clock(),
                ground.waiting());
    }

    private static EventParts events(Ground ground, Vault vault, Minting.Time time) {
        var signer =
                new EventSigner(
                        ground.config().issuer(),
                        claims -> ground.keys().keys().sign(EventSigner.TYPE, claims));
        return EventParts.of(
                new EventParts.Needs(ground.store(), ground.feed(), vault, signer),
                new EventStreams.Surroundings(
                        ground.clock(),
                        time.random(),
                        ground.config().edge().allowPrivateUpstreams()),
                ground.waiting());
    }

    private static ConsoleParts console(
            Ground ground, BrokerParts broker, Minting minting, EventStreams events) {
        return new ConsoleParts(
                broker.broker(),
                broker.endings(),
                broker.approvals(),
                broker.registry(),
                broker.edges(),
                broker.fleet(),
                events,
                broker.records(),
                broker.shredding(),
                new LedgerProofs(ground.store(), ground.checkpoints()),
                new AccountAnswers(minting),
                ground.keys().operators(),
                ground.stdio(),
                ground.waiting());
    }

    private static Edge edge(Ground ground, BrokerParts broker, Vault vault, Judges judges) {
        Config config = ground.config();
        var trust =
                new Edge.Trust(
                        config.issuer(),
                        ground.keys().authority().trustDomain(),
                        Signatures.of(ground.keys().keys()),
                        judges.peers(),
                        config.ledger().readsDurableFirst(),
                        whereServicesMayStand(config),
                        judges.proofs(),
                        ground.keys().keys()::signMessage);
        return Edge.join(
                broker.link(),
                new Edge.Means(vault, ground.stdio().bridge()),
                trust,
                config,
                new Edge.Clocks(ground.clock(), System::nanoTime));
    }

    static Predicate<InetAddress> whereServicesMayStand(Config config) {
        return config.edge().allowPrivateUpstreams() ? _ -> true : PublicAddress::is;
    }

    /// What handles the agents' port on one event loop.
    Dispatcher agentsOnLoop(Vertx vertx) {
        Edge serving = edge;
        return serving == null
                ? new Dispatcher(agents)
                : new Dispatcher(agents, serving.onLoop(vertx));
    }

    private static String openApi() {
        try (InputStream in = Assembly.class.getResourceAsStream("/dev/daypass/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
