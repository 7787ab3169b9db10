package dev.daypass.remote;

import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.MessageJson;
import dev.daypass.feed.Moment;
import dev.daypass.feed.ReportJson;
import dev.daypass.feed.ServiceRoute;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.Grant;
import dev.daypass.revocation.EdgeMembership;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.vault.EdgeVault;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The link of an edge to a broker in another process: holds its lease, follows its feed, and asks
/// it for what must be exact.
public final class RemoteEdgeLink implements EdgeLink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteEdgeLink.class);
    private static final Duration JOIN_MAX = Duration.ofSeconds(30);
    private static final String MESSAGES = "/v1/edge/messages";
    private static final int TICKS_A_LEASE = 40;
    private static final int GRANTS_MAX = 1_000;
    private static final int ALLOWANCE_SHARE = 10;
    private static final long GRANT_MILLIS_MAX = 1_000;
    private static final long LAST_MILLIS_MAX = 2_000;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Needs needs;
    private final EdgeMemory memory;
    private final EdgeMembership<Json, Json> membership;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Notes notes;
    private final AtomicInteger sending = new AtomicInteger();
    private volatile boolean closed;

    /// What it is made of.
    ///
    /// @param name the edge's own
    /// @param broker asks the broker
    /// @param vault gets the credentials that are handed over
    /// @param terms of its lease
    /// @param nanoTime monotonic clock
    /// @param clock wall clock
    /// @param lives nonces, never the same twice
    public record Needs(
            String name,
            BrokerClient broker,
            EdgeVault vault,
            LeaseTerms terms,
            LongSupplier nanoTime,
            InstantSource clock,
            Supplier<String> lives) {}

    public RemoteEdgeLink(Needs needs) {
        this.needs = needs;
        this.memory = new EdgeMemory(needs.vault());
        this.notes = new Notes(needs.broker());
        this.membership =
                new EdgeMembership<>(
                        needs.terms(),
                        memory,
                        () -> new Incarnation(needs.name(), needs.lives().get()),
                        this::send);
    }

    /// Starts with nothing, and does not serve before its broker has taken it in.
    @Override
    public Snapshot join(Consumer<Recorded> news) {
        memory.tell(news);
        Thread.ofPlatform().daemon().name("daypass-lease").start(this::keepLease);
        Thread.ofVirtual().name("daypass-feed").start(this::follow);
        notes.start();
        return new Snapshot(List.of(), "", Map.of());
    }

    private void keepLease() {
        while (!closed) {
            try {
                Moment now = now();
                membership.tick(now.nanos(), now.wallMillis());
            } catch (RuntimeException e) {
                LOG.error("keeping the lease", e);
            }
            LockSupport.parkNanos(needs.terms().leaseNanos() / TICKS_A_LEASE);
        }
    }

    private void follow() {
        while (!closed) {
            if (membership.member()) {
                try {
                    needs.broker()
                            .follow("/v1/edge/feed?applied=" + membership.applied(), this::hear);
                } catch (IOException e) {
                    LOG.debug("the feed ended: {}", e.getMessage());
                } catch (RuntimeException e) {
                    LOG.warn("the feed cannot be followed: {}", e.getMessage());
                } catch (InterruptedException _) {
                    return;
                }
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    private void hear(Json message) {
        Moment now = now();
        membership.hear(MessageJson.toEdge(needs.name(), message), now.nanos(), now.wallMillis());
    }

    /// What it has applied it says over the connection on which it hears, where there is one; what
    /// is lost there it says again when it renews its lease.
    private void send(FromEdge message) {
        Json json = MessageJson.write(message);
        if (!(message instanceof FromEdge.Acknowledge) || !needs.broker().say(json)) {
            ask(message, json);
        }
    }

    /// An answer that takes longer than a lease comes too late, except to who begins anew.
    private void ask(FromEdge message, Json json) {
        Duration within =
                message instanceof FromEdge.Join
                        ? JOIN_MAX
                        : Duration.ofNanos(needs.terms().leaseNanos());
        sending.incrementAndGet();
        var _ =
                needs.broker()
                        .post(MESSAGES, json, within)
                        .whenComplete((answer, failure) -> {
                            sending.decrementAndGet();
                            if (failure != null) {
                                LOG.debug("{} was not answered: {}", message, failure.getMessage());
                            } else if (JsonFields.of(answer).names().contains("say")) {
                                hearSafely(answer);
                            }
                        });
    }

    private void hearSafely(Json answer) {
        try {
            hear(answer);
        } catch (RuntimeException e) {
            LOG.error("the broker's answer cannot be used", e);
        }
    }

    @Override
    public @Nullable ServiceRoute route(TenantId tenant, ServiceId service) {
        return memory.route(service);
    }

    @Override
    public boolean fresh() {
        Moment now = now();
        return membership.fresh(now.nanos(), now.wallMillis()) && notes.roomy();
    }

    private Moment now() {
        return Moment.now(needs.nanoTime(), needs.clock());
    }

    /// The broker answered the last time it was asked.
    @Override
    public boolean recording() {
        return needs.broker().trouble().isEmpty();
    }

    /// How this edge stands with its broker.
    ///
    /// @param serving whether it may serve
    /// @param member whether a broker took it in
    /// @param leaseLeftMillis how long it may go on without hearing from it
    /// @param applied the last fact that it has applied
    /// @param waiting how many facts wait for it
    /// @param broker which is asked now
    /// @param trouble why that did not answer; empty where it did
    public record Standing(
            boolean serving,
            boolean member,
            long leaseLeftMillis,
            long applied,
            int waiting,
            URI broker,
            String trouble) {}

    public Standing standing() {
        Moment now = now();
        return new Standing(
                fresh(),
                membership.member(),
                TimeUnit.NANOSECONDS.toMillis(
                        membership.leaseLeftNanos(now.nanos(), now.wallMillis())),
                membership.applied(),
                notes.waiting(),
                needs.broker().broker(),
                needs.broker().trouble());
    }

    /// Waits for the broker where it does not have it: such a grant is asked for once.
    @Override
    public @Nullable Grant largeGrant(String resourceHash) {
        Grant known = grants.get(resourceHash);
        if (known != null || !resourceHash.matches("[A-Za-z0-9_-]{43}")) {
            return known;
        }
        try {
            Json found =
                    needs.broker()
                            .get("/v1/edge/grants/" + resourceHash)
                            .orTimeout(GRANT_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .join();
            Json json = JsonFields.of(found).take("grant");
            Grant grant = json == null ? null : Grant.fromJson(json);
            if (grant == null || !grant.resourceHash().equals(resourceHash)) {
                return null;
            }
            if (grants.size() >= GRANTS_MAX) {
                grants.clear();
            }
            grants.put(resourceHash, grant);
            return grant;
        } catch (CompletionException | IllegalArgumentException e) {
            LOG.debug("grant {}: {}", resourceHash, e.getMessage());
            return null;
        }
    }

    /// Few at a time: what lies idle here is missing at another edge.
    @Override
    public CompletionStage<Long> reserve(TenantId tenant, AccountId account, long calls) {
        long asked = calls > 0 ? Math.max(1, calls / ALLOWANCE_SHARE) : calls;
        return budget(tenant, account, "calls", asked)
                .thenApply(answer -> JsonFields.of(answer).longValue("had"));
    }

    @Override
    public void spent(TenantId tenant, AccountId account, long had) {
        var _ = budget(tenant, account, "spent", had);
    }

    private CompletionStage<Json> budget(
            TenantId tenant, AccountId account, String what, long calls) {
        return needs.broker()
                .post(
                        "/v1/edge/budget",
                        Json.object()
                                .put("tenant", tenant.value())
                                .put("account", account.value())
                                .put(what, calls)
                                .build());
    }

    @Override
    public void note(TenantId tenant, AccountId account, AgentId agent, Fact fact) {
        notes.add(new ReportJson(tenant, account, agent, fact));
    }

    @Override
    public CompletionStage<Long> record(
            TenantId tenant, AccountId account, AgentId agent, Fact fact) {
        return needs.broker()
                .post("/v1/edge/facts", new ReportJson(tenant, account, agent, fact).write())
                .thenApply(answer -> JsonFields.of(answer).longValue("fact"));
    }

    /// Stops serving, says so, and waits a moment for what is still to be recorded.
    @Override
    public void close() {
        notes.close();
        membership.leave();
        closed = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS_MAX);
        while ((notes.waiting() > 0 || sending.get() > 0) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(AGAIN_NANOS / 20);
        }
    }
}
