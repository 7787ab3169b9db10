package dev.daypass.edge;

import dev.daypass.feed.EdgeLink;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.token.Claims;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Records refused calls, a few of each account a minute one by one. What follows in that minute is
/// counted, and the count is recorded with the last of them when the minute is over: an agent that
/// hammers a refused call fills neither the disk nor the writer's queue. Thread-safe.
final class RefusedCalls {
    /// Facts of one account in one minute, before they are only counted.
    static final int RECORDED_MAX = 20;

    static final long MINUTE_NANOS = 60_000_000_000L;

    private final EdgeLink link;
    private final LongSupplier nanoTime;
    private final Map<AccountId, Minute> minutes = new ConcurrentHashMap<>();

    RefusedCalls(EdgeLink link, LongSupplier nanoTime) {
        this.link = link;
        this.nanoTime = nanoTime;
    }

    /// The refused calls of one account in a minute that began with the first of them.
    ///
    /// @param claims whose they are
    /// @param sinceNanos when it began
    /// @param recorded how many have facts
    /// @param counted how many have none
    /// @param last the last of those, or `null`
    private record Minute(
            Claims claims,
            long sinceNanos,
            int recorded,
            long counted,
            Fact.@Nullable CallRefused last) {
        Minute and(Fact.CallRefused refused) {
            return recorded < RECORDED_MAX
                    ? new Minute(claims, sinceNanos, recorded + 1, counted, last)
                    : new Minute(claims, sinceNanos, recorded, counted + 1, refused);
        }
    }

    void add(Claims claims, Fact.CallRefused refused) {
        sweep(claims.account());
        long now = nanoTime.getAsLong();
        Minute minute =
                minutes.compute(
                        claims.account(),
                        (_, before) ->
                                (before == null ? new Minute(claims, now, 0, 0, null) : before)
                                        .and(refused));
        if (minute.counted() == 0) {
            link.note(claims.tenant(), claims.account(), claims.agent(), refused);
        }
    }

    /// Records the counts of the minutes that are over.
    void sweep() {
        minutes.keySet().forEach(this::sweep);
    }

    private void sweep(AccountId account) {
        Minute minute = minutes.get(account);
        if (minute == null
                || nanoTime.getAsLong() - minute.sinceNanos() < MINUTE_NANOS
                || !minutes.remove(account, minute)) {
            return;
        }
        Fact.CallRefused last = minute.last();
        if (last != null) {
            Claims of = minute.claims();
            link.note(
                    of.tenant(),
                    of.account(),
                    of.agent(),
                    new Fact.CallRefused(
                            last.service(), last.step(), last.why(), minute.counted() - 1));
        }
    }
}
