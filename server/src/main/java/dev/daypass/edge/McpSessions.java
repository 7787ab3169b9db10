package dev.daypass.edge;

import dev.daypass.identity.AccountId;
import dev.daypass.wire.Base64Url;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The sessions of living accounts with MCP servers, a few of each account. Thread-safe.
final class McpSessions {
    /// Sessions of one account. Who opens another loses the one that was idle for longest.
    static final int OF_ACCOUNT_MAX = 32;

    static final long IDLE_NANOS = 3_600_000_000_000L;

    private static final int ID_BYTES = 18;

    private final Map<String, McpSession> byId = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanoTime;

    McpSessions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// @param upstream the server's own id; `null` where it has none
    McpSession begin(McpSession.Owner owner, @Nullable String upstream) {
        List<McpSession> others =
                byId.values().stream()
                        .filter(s -> s.owner().account().equals(owner.account()))
                        .toList();
        if (others.size() >= OF_ACCOUNT_MAX) {
            others.stream()
                    .min(Comparator.comparingLong(McpSession::usedNanos))
                    .ifPresent(oldest -> byId.remove(oldest.id()));
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var session = new McpSession(Base64Url.encode(bytes), owner, upstream);
        session.used(nanoTime.getAsLong());
        byId.put(session.id(), session);
        return session;
    }

    /// A session of the one who asks; `null` where there is none, or it is another's.
    @Nullable McpSession find(String id, McpSession.Owner owner) {
        McpSession session = byId.get(id);
        if (session == null || !session.owner().equals(owner)) {
            return null;
        }
        session.used(nanoTime.getAsLong());
        return session;
    }

    void end(McpSession session) {
        byId.remove(session.id());
    }

    void end(AccountId account) {
        byId.values().removeIf(session -> session.owner().account().equals(account));
    }

    /// Drops what nobody has used for an hour.
    void forget() {
        long now = nanoTime.getAsLong();
        byId.values().removeIf(session -> now - session.usedNanos() > IDLE_NANOS);
    }

    int count() {
        return byId.size();
    }
}
