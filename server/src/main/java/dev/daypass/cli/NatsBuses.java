package dev.daypass.cli;

import dev.daypass.config.Config;
import dev.daypass.config.NatsSettings;
import dev.daypass.feed.LocalFeed;
import dev.daypass.nats.NatsBus;
import dev.daypass.store.Bus;
import dev.daypass.store.sql.SqlStore;
import dev.daypass.vault.Secret;
import dev.daypass.vault.SecretReader;
import dev.daypass.wire.WireException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts NATS beside the database's own bus where the configuration names one.
final class NatsBuses {
    private static final List<String> REASONS =
            List.of("forged", "old", "replayed", "malformed", "long");

    private NatsBuses() {}

    /// @param environment where the password may be
    static @Nullable Secret password(Config config, Map<String, String> environment) {
        NatsSettings nats = config.ledger().database().nats();
        try {
            return nats.none()
                    ? null
                    : SecretReader.load("feed.nats_password", nats.password(), environment);
        } catch (WireException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /// @param code the authentication code of a text, under a key of the deployment
    /// @param said hears what other servers say
    record Needs(
            Config config,
            @Nullable Secret password,
            Function<String, byte[]> code,
            InstantSource clock,
            Hearsay said) {}

    static void attach(Needs needs, SqlStore store, LocalFeed feed, MeterRegistry metrics) {
        NatsSettings nats = needs.config().ledger().database().nats();
        if (nats.none() || !store.shared()) {
            return;
        }
        Secret password = needs.password();
        var where =
                new NatsBus.Where(
                        nats.url(),
                        nats.user(),
                        password == null ? "" : password.reveal(),
                        "daypass." + deployment(needs.config().issuer()));
        var seal = new NatsBus.Seal(Hearsay.name(), needs.code(), needs.clock());
        store.buses()
                .joining(otherwise -> {
                    var bus =
                            new NatsBus(
                                    where,
                                    seal,
                                    otherwise,
                                    ear(store, needs),
                                    store.buses()::toldOtherwise);
                    var wrote = new Wrote(bus);
                    feed.subscribeOwn(_ -> wrote.something = true);
                    feed.afterwards(wrote);
                    measure(bus, metrics);
                    return bus;
                });
    }

    /// On the writer's thread.
    private static final class Wrote implements Runnable {
        private final NatsBus bus;
        private boolean something;

        Wrote(NatsBus bus) {
            this.bus = bus;
        }

        @Override
        public void run() {
            if (something) {
                something = false;
                bus.wrote();
            }
        }
    }

    private static String deployment(String issuer) {
        return UUID.nameUUIDFromBytes(issuer.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Bus.Ear ear(SqlStore store, Needs needs) {
        return new Bus.Ear() {
            @Override
            public void wrote() {
                store.look();
            }

            @Override
            public void said(String message) {
                needs.said().accept(message);
            }
        };
    }

    private static void measure(NatsBus bus, MeterRegistry metrics) {
        Gauge.builder("daypass.nats.connected", () -> bus.connected() ? 1 : 0)
                .description("1 while NATS is reached; servers use the database otherwise")
                .register(metrics);
        for (String why : REASONS) {
            FunctionCounter.builder("daypass.nats.dropped", bus, each -> (double) each.dropped(why))
                    .tag("reason", why)
                    .description("Messages on NATS that were not taken")
                    .register(metrics);
        }
    }
}
