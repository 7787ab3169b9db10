package dev.daypass.run;

import dev.daypass.identity.AccountId;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says again and again that an account is in use, so that it ends soon after this process does,
/// however that happens; and gets a new token before the old one ends.
public final class KeepAlive implements AutoCloseable {
    private static final int RENEWALS_IN_A_LEASE = 4;
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final double TOKEN_SPENT = 0.75;

    private final AgentApi api;
    private final String path;
    private final @Nullable Duration lease;
    private final Consumer<String> note;
    private final Thread thread;
    private volatile @Nullable TaskAccount account;
    private volatile boolean over;
    private boolean away;
    private long renewNanos = Long.MAX_VALUE;

    private KeepAlive(AgentApi api, AccountId id, @Nullable Duration lease, Consumer<String> note) {
        // A server that says nothing must leave time to ask again.
        this.api = lease == null ? api : api.within(lease.dividedBy(2));
        this.path = "/v1/accounts/" + id;
        this.lease = lease;
        this.note = note;
        this.thread = Thread.ofVirtual().name("daypass run: keep alive").unstarted(this::keep);
    }

    /// @param lease `null` where nobody has to hold it
    /// @param note says something to the user
    public static KeepAlive start(
            AgentApi api, AccountId id, @Nullable Duration lease, Consumer<String> note) {
        var keepAlive = new KeepAlive(api, id, lease, note);
        keepAlive.thread.start();
        return keepAlive;
    }

    /// Whose token is to be renewed from now on.
    void renewTokenOf(TaskAccount opened) {
        Long seconds = opened.tokenSeconds();
        if (seconds != null) {
            renewNanos = System.nanoTime() + (long) (TOKEN_SPENT * seconds * 1_000_000_000L);
        }
        account = opened;
    }

    private void keep() {
        Duration pause = lease == null ? LOOK : lease.dividedBy(RENEWALS_IN_A_LEASE);
        try {
            while (!over) {
                once();
                Thread.sleep(account == null ? pause : next(pause));
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// A token may have to be renewed earlier than its account.
    private Duration next(Duration pause) {
        if (renewNanos == Long.MAX_VALUE) {
            return pause;
        }
        Duration left = Duration.ofNanos(renewNanos - System.nanoTime());
        return left.compareTo(pause) > 0
                ? pause
                : left.isNegative() ? SHORTEST : left.plus(SHORTEST);
    }

    private void once() {
        try {
            if (lease != null) {
                heard(api.send("POST", path + "/lease", null));
            } else {
                looked(api.send("GET", path, null));
            }
            TaskAccount opened = account;
            if (opened != null && System.nanoTime() > renewNanos && !over) {
                renew(opened);
            }
            away = false;
        } catch (IOException e) {
            if (!away && !over) {
                note.accept(
                        "daypass: the server does not answer (%s); trying again"
                                .formatted(Unanswered.why(e)));
            }
            away = true;
        }
    }

    private void heard(Reply reply) {
        TaskAccount opened = account;
        if (opened != null) {
            opened.heard(reply.head().first("dpop-nonce").orElse(null));
        }
        if ((reply.status() == 404 || reply.status() == 409) && !over) {
            over = true;
            note.accept("daypass: %s; its calls are refused from now on".formatted(detail(reply)));
        }
    }

    private void looked(Reply reply) {
        boolean ended =
                reply.json() instanceof Json.Obj(var members)
                        && members.get("state") instanceof Json.Str(var state)
                        && state.equals("ended");
        if (ended && !over) {
            over = true;
            note.accept("daypass: the account has ended; its calls are refused from now on");
        }
    }

    private void renew(TaskAccount opened) throws IOException {
        Reply reply = api.send("POST", path + "/token", null);
        if (!reply.good()) {
            boolean gone = reply.status() == 404 || reply.status() == 409;
            renewNanos = gone ? Long.MAX_VALUE : System.nanoTime() + AGAIN.toNanos();
            return;
        }
        try {
            JsonFields fields = JsonFields.of(reply.json());
            opened.renewed(Secret.of(fields.string("access_token")));
            renewNanos =
                    System.nanoTime()
                            + (long)
                                    (TOKEN_SPENT * fields.longValue("expires_in") * 1_000_000_000L);
        } catch (WireException e) {
            throw new IOException("its answer is none: " + e.getMessage());
        }
    }

    private static String detail(Reply reply) {
        return reply.json() instanceof Json.Obj(var members)
                        && members.get("detail") instanceof Json.Str(var detail)
                ? detail
                : "the account is gone";
    }

    /// Stops keeping it.
    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
