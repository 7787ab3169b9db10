package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.daypass.identity.AccountId;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Incarnation;
import dev.daypass.store.Change;
import dev.daypass.store.EdgeChange;
import dev.daypass.store.Sample;
import dev.daypass.store.StoredEdge;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ledger says when each edge knew that an account was revoked.
class EdgesKnewTest {
    private static final Incarnation BERLIN = new Incarnation("berlin", "life-one");
    private static final long PAUSE_NANOS = 1_000_000;

    @TempDir Path home = Path.of("");
    private House house;

    @BeforeEach
    void aHouseWithAnEdgeElsewhere() throws IOException {
        house = House.furnished(home);
        commit(
                new EdgeChange.Add(
                        new StoredEdge("berlin", List.of(), List.of(), null),
                        Sample.hash("token"),
                        Sample.START.plusSeconds(60)));
        commit(
                new EdgeChange.Enrol(
                        "berlin", Sample.hash("token"), Sample.START, House.print('C').value()));
        commit(new EdgeChange.Join(BERLIN));
    }

    private void commit(EdgeChange change) {
        house.store.commit(new Change.OfEdge(change)).toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        house.store.close();
    }

    private AccountId opened() {
        var opening =
                house.broker
                        .open(House.asking(House.TASK, null, null), o -> o)
                        .toCompletableFuture()
                        .join();
        return ((Opening.Active) opening).account().id();
    }

    private JsonFields ended(AccountId account) {
        var report =
                new Records(house.store, house.directory)
                        .report(Sample.TENANT, account)
                        .orElseThrow();
        return Objects.requireNonNull(JsonFields.of(report).objectOrNull("ended"));
    }

    @Test
    void an_edge_that_acknowledges_is_recorded_with_its_time() {
        AccountId account = opened();
        var revoked = house.endings.revoke(Sample.TENANT, account, "ada").toCompletableFuture();
        while (!revoked.isDone()) {
            house.fleet.acknowledged(new FromEdge.Acknowledge(BERLIN, house.store.head()));
            LockSupport.parkNanos(PAUSE_NANOS);
        }

        assertEquals(2, revoked.join().edges().acknowledged());
        house.store.commit(Sample.call(account)).toCompletableFuture().join();
        JsonFields knew = Objects.requireNonNull(ended(account).objectOrNull("edges_knew"));
        JsonFields edge = JsonFields.of(knew.items("edges").getFirst());
        assertEquals("berlin", edge.string("edge"));
        assertEquals(0, edge.longValue("micros"), "by a clock that stands");
        assertEquals(0, knew.longValue("waited_out"));
    }

    @Test
    void an_edge_that_is_silent_is_recorded_as_waited_out() {
        AccountId account = opened();
        var revoked = house.endings.revoke(Sample.TENANT, account, "ada").toCompletableFuture();
        while (!revoked.isDone()) {
            house.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            house.fleet.tick();
            LockSupport.parkNanos(PAUSE_NANOS);
        }

        assertEquals(1, revoked.join().edges().waitedOut());
        house.store.commit(Sample.call(account)).toCompletableFuture().join();
        JsonFields knew = Objects.requireNonNull(ended(account).objectOrNull("edges_knew"));
        assertEquals(List.of(), knew.items("edges"));
        assertEquals(1, knew.longValue("waited_out"));
    }

    @Test
    void whose_lease_has_run_out_is_not_waited_for_until_it_is_heard_again() {
        house.fleet.tick();
        house.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        var after = house.endings.revoke(Sample.TENANT, opened(), "ada").toCompletableFuture();
        assertEquals(1, after.join().edges().acknowledged());
        assertEquals(1, after.join().edges().waitedOut());

        house.fleet.acknowledged(new FromEdge.Acknowledge(BERLIN, 1));
        AccountId account = opened();
        var again = house.endings.revoke(Sample.TENANT, account, "ada").toCompletableFuture();
        while (!again.isDone()) {
            house.fleet.acknowledged(new FromEdge.Acknowledge(BERLIN, house.store.head()));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertEquals(2, again.join().edges().acknowledged());
    }

    @Test
    void where_no_edge_is_elsewhere_nothing_is_recorded() {
        commit(new EdgeChange.Strike(BERLIN));
        AccountId account = opened();
        house.endings.revoke(Sample.TENANT, account, "ada").toCompletableFuture().join();
        house.store.commit(Sample.call(account)).toCompletableFuture().join();

        assertNull(ended(account).take("edges_knew") instanceof Json.Obj o ? o : null);
    }
}
