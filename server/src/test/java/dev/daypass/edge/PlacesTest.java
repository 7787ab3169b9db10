package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.config.Config;
import dev.daypass.config.LimitSettings;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.store.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// However calls begin and end, as many are counted as are under way. Fails where `Places.enter`
/// does not give back what it took before it found the service full, and where `Place.leave` gives
/// back twice.
class PlacesTest {
    private static final int ACCOUNT = 2;
    private static final int AGENT = 4;
    private static final int SERVICE = 5;

    private final Places places = new Places(limits());

    private static LimitSettings limits() {
        LimitSettings usual = Config.defaults().limits();
        return new LimitSettings(
                ACCOUNT,
                AGENT,
                SERVICE,
                usual.pace(),
                usual.resumption(),
                usual.answerBytesMax(),
                usual.messageBytesMax(),
                usual.breaker(),
                usual.drainTimeout());
    }

    /// One that is under way, as a slow and obvious list keeps it.
    private record Model(AccountId account, AgentId agent, ServiceId service, Places.Place place) {}

    private static AccountId account(int n) {
        return Sample.id(n);
    }

    private static AgentId agent(int account) {
        return new AgentId("agent" + account / 3);
    }

    private static ServiceId service(int n) {
        return new ServiceId("service" + n);
    }

    @Test
    void any_order_of_beginnings_and_endings_agrees_with_a_list_of_what_is_under_way() {
        Long given = Long.getLong("seed");
        long seed = given == null ? new Random().nextLong() : given;
        var random = new Random(seed);
        var underWay = new ArrayList<Model>();
        var over = new ArrayList<Places.Place>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < 55) {
                int n = random.nextInt(6);
                begin(underWay, account(n), agent(n), service(random.nextInt(2)), seed);
            } else if (!underWay.isEmpty() && random.nextInt(10) > 0) {
                Places.Place place = underWay.remove(random.nextInt(underWay.size())).place();
                place.leave();
                over.add(place);
            } else if (!over.isEmpty()) {
                over.get(random.nextInt(over.size())).leave(); // told once more
            }
        }
        underWay.forEach(model -> model.place().leave());
        assertTrue(places.empty(), "-Dseed=" + seed);
    }

    private void begin(
            List<Model> underWay, AccountId account, AgentId agent, ServiceId service, long seed) {
        long ofAccount = underWay.stream().filter(m -> m.account().equals(account)).count();
        long ofAgent = underWay.stream().filter(m -> m.agent().equals(agent)).count();
        long ofService = underWay.stream().filter(m -> m.service().equals(service)).count();
        Places.Entry expected =
                ofAccount == ACCOUNT
                        ? new Places.Entry.Full(Places.Whose.ACCOUNT, ACCOUNT)
                        : ofAgent == AGENT
                                ? new Places.Entry.Full(Places.Whose.AGENT, AGENT)
                                : new Places.Entry.Full(Places.Whose.SERVICE, SERVICE);
        boolean room = ofAccount < ACCOUNT && ofAgent < AGENT && ofService < SERVICE;
        switch (places.enter(account, agent, service)) {
            case Places.Entry.Had(var place) -> {
                assertTrue(room, "-Dseed=" + seed);
                underWay.add(new Model(account, agent, service, place));
            }
            case Places.Entry.Full full -> {
                assertTrue(!room, "-Dseed=" + seed);
                assertEquals(expected, full, "-Dseed=" + seed);
            }
        }
    }

    @Test
    void of_many_at_the_same_moment_no_more_than_the_limit_are_let_in() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 4; i++) {
                all.add(CompletableFuture.runAsync(() -> rush(inside, most), threads));
            }
            all.forEach(CompletableFuture::join);
        }
        assertTrue(most.get() <= ACCOUNT, most.toString());
        assertTrue(places.empty());
        assertInstanceOf(Places.Entry.Had.class, places.enter(account(1), agent(1), service(1)));
    }

    private void rush(AtomicInteger inside, AtomicInteger most) {
        for (int i = 0; i < 5_000; i++) {
            if (places.enter(account(1), agent(1), service(1))
                    instanceof Places.Entry.Had(var place)) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                place.leave();
            }
        }
    }
}
