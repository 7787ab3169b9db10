package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Surface;
import dev.daypass.policy.Stage;
import dev.daypass.store.Sample;
import dev.daypass.store.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an edge keeps in memory, and how it follows the feed.
class EdgeViewTest {
    private static final Instant DEADLINE = Sample.START.plus(Sample.LIFE);
    private static final String NEVER =
            "rules:\n  - {name: never, on: [call], deny: 'true', message: no}\n";

    private final SettableClock clock = new SettableClock(Sample.START);
    private final ActiveCalls active = new ActiveCalls();
    private final Broker broker = new Broker();
    private EdgeView view;

    @BeforeEach
    void aView() {
        view = new EdgeView(active, clock);
        view.join(broker);
    }

    /// A broker that only tells.
    private static final class Broker implements EdgeLink {
        private final List<Consumer<Recorded>> edges = new ArrayList<>();
        private @Nullable ServiceRoute now = route("https://new.example");

        void tell(@Nullable AccountId account, Fact fact) {
            edges.forEach(edge ->
                    edge.accept(new Recorded(1, Sample.START, Sample.TENANT, account, fact)));
        }

        @Override
        public Snapshot join(Consumer<Recorded> news) {
            edges.add(news);
            return new Snapshot(
                    List.of(route("https://old.example")), NEVER, Map.of(Sample.id(1), DEADLINE));
        }

        private static ServiceRoute route(String upstream) {
            return new ServiceRoute(Sample.SERVICE, URI.create(upstream), Surface.EMPTY);
        }

        @Override
        public @Nullable ServiceRoute route(TenantId tenant, ServiceId service) {
            return now;
        }

        @Override
        public boolean fresh() {
            return true;
        }

        @Override
        public @Nullable Grant largeGrant(String resourceHash) {
            return null;
        }

        @Override
        public CompletionStage<Long> reserve(TenantId tenant, AccountId account, long calls) {
            return CompletableFuture.completedStage(0L);
        }

        @Override
        public void spent(TenantId tenant, AccountId account, long had) {}

        @Override
        public void note(TenantId tenant, AccountId account, AgentId agent, Fact fact) {}

        @Override
        public CompletionStage<Long> record(
                TenantId tenant, AccountId account, AgentId agent, Fact fact) {
            return CompletableFuture.completedStage(1L);
        }
    }

    private static Fact.AccountEnded ended() {
        return new Fact.AccountEnded("revoked", "operator", DEADLINE);
    }

    private static Fact.ServiceAdded added(String upstream) {
        return new Fact.ServiceAdded(Sample.SERVICE, upstream, 1, "hash", "none", false);
    }

    @Test
    void what_the_snapshot_says_holds_after_joining() {
        assertTrue(view.ended(Sample.id(1)));
        assertFalse(view.ended(Sample.id(2)));
        assertTrue(view.rules().concern(Stage.CALL));
        ServiceRoute route = view.route(Sample.SERVICE);
        assertEquals("https://old.example", route == null ? "" : route.upstream().toString());
        assertNull(view.route(new ServiceId("hotels")));
    }

    @Test
    void an_ended_account_is_known_and_its_calls_are_cut() {
        var cut = new ArrayList<String>();
        active.enter(Sample.id(2), () -> cut.add("call"));
        view.allowance(Sample.id(2)).add(5);

        broker.tell(Sample.id(2), ended());

        assertTrue(view.ended(Sample.id(2)));
        assertEquals(List.of("call"), cut);
        assertTrue(view.allowance(Sample.id(2)).spent());
    }

    @Test
    void an_ended_account_is_remembered_until_its_deadline_has_passed_for_minutes() {
        clock.set(DEADLINE);
        view.forget();
        assertTrue(view.ended(Sample.id(1)));

        clock.forward(Duration.ofMinutes(3).plusMillis(1));
        view.forget();

        assertFalse(view.ended(Sample.id(1)));
    }

    @Test
    void a_service_follows_what_the_operator_registers() {
        broker.tell(null, added("https://new.example"));
        ServiceRoute route = view.route(Sample.SERVICE);
        assertEquals("https://new.example", route == null ? "" : route.upstream().toString());

        broker.tell(null, new Fact.ServiceRemoved(Sample.SERVICE));

        assertNull(view.route(Sample.SERVICE));
    }

    @Test
    void a_service_that_is_gone_again_when_it_is_asked_for_has_no_route() {
        broker.now = null;

        broker.tell(null, added("https://new.example"));

        assertNull(view.route(Sample.SERVICE));
    }

    @Test
    void rules_follow_also_when_all_are_taken_away() {
        for (String blank : new String[] {"", " \n"}) {
            broker.tell(null, new Fact.RulesChanged(1, NEVER));
            assertTrue(view.rules().concern(Stage.CALL));

            broker.tell(null, new Fact.RulesChanged(0, blank));

            assertFalse(view.rules().concern(Stage.CALL));
        }
    }
}
