package dev.daypass.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.feed.LocalFeed;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Outward;
import dev.daypass.token.StatusList;
import dev.daypass.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is published for verifiers that are no edges of ours: which tokens were revoked (Token
/// Status List, section 5). An ending that this process hears of is in the next answer, one of
/// another process a second later. Thread-safe.
public final class StatusLists {
    /// The header's `typ` of a list.
    public static final String TYPE = "statuslist+jwt";

    /// How long a verifier may keep a list.
    public static final Duration TTL = Duration.ofSeconds(10);

    /// An older one is believed by nobody.
    static final Duration LIFE = Duration.ofMinutes(1);

    private static final Duration LOOKED_AT = Duration.ofSeconds(1);
    private static final int HELD_MAX = 64;

    private final String issuer;
    private final Outward outward;
    private final Function<byte[], String> signer;
    private final InstantSource clock;
    private final AtomicLong endings = new AtomicLong();
    private final ReentrantLock making = new ReentrantLock();
    private final Cache<String, Held> held = Caffeine.newBuilder().maximumSize(HELD_MAX).build();

    private StatusLists(
            String issuer, Outward outward, Function<byte[], String> signer, InstantSource clock) {
        this.issuer = issuer;
        this.outward = outward;
        this.signer = signer;
        this.clock = clock;
    }

    /// @param signer signs claims as a list
    public static StatusLists of(
            String issuer,
            Outward outward,
            Function<byte[], String> signer,
            InstantSource clock,
            LocalFeed feed) {
        var lists = new StatusLists(issuer, outward, signer, clock);
        feed.subscribe(lists::hear);
        return lists;
    }

    private void hear(Recorded recorded) {
        if (recorded.fact() instanceof Fact.AccountEnded) {
            endings.incrementAndGet();
        }
    }

    /// @param token the signed list
    /// @param ended what it says
    /// @param issued when it was signed
    /// @param looked when it was last compared
    /// @param endings how many there had been then
    private record Held(
            String token, Set<Integer> ended, Instant issued, Instant looked, long endings) {
        boolean good(Instant now, long endingsNow) {
            return endings == endingsNow && within(looked, LOOKED_AT, now) && young(now);
        }

        boolean young(Instant now) {
            return within(issued, TTL.dividedBy(2), now);
        }

        private static boolean within(Instant since, Duration time, Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(time));
        }
    }

    /// The addresses of all lists that there are.
    public List<String> uris() {
        return outward.statusLists().stream().map(list -> StatusNumbers.uri(issuer, list)).toList();
    }

    /// A list as it is now, signed; `null` where there is none of that name. May wait.
    public @Nullable String token(String list) {
        Held known = held.getIfPresent(list);
        if (known != null && known.good(clock.instant(), endings.get())) {
            return known.token();
        }
        making.lock();
        try {
            return made(list);
        } finally {
            making.unlock();
        }
    }

    private @Nullable String made(String list) {
        // Counted before the look: what ends in between is looked at once more.
        long heard = endings.get();
        Instant now = clock.instant();
        Held known = held.getIfPresent(list);
        if (known != null && known.good(now, heard)) {
            return known.token();
        }
        if (!outward.hasStatusList(list)) {
            held.invalidate(list);
            return null;
        }
        var ended = new HashSet<>(outward.endedEntries(list));
        Held newest =
                known != null && known.young(now) && known.ended().equals(ended)
                        ? new Held(known.token(), known.ended(), known.issued(), now, heard)
                        : new Held(signed(list, ended, now), ended, now, now, heard);
        held.put(list, newest);
        return newest.token();
    }

    private String signed(String list, Set<Integer> ended, Instant now) {
        var statuses = new StatusList(1, StatusNumbers.ENTRIES);
        ended.forEach(number -> statuses.set(number, StatusList.INVALID));
        return signer.apply(
                Json.object()
                        .put("iss", issuer)
                        .put("sub", StatusNumbers.uri(issuer, list))
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LIFE).getEpochSecond())
                        .put("ttl", TTL.toSeconds())
                        .put("status_list", statuses.toJson())
                        .build()
                        .bytes());
    }
}
