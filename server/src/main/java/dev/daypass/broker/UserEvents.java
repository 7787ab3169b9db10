package dev.daypass.broker;

import dev.daypass.identity.TenantId;
import dev.daypass.store.Change;
import dev.daypass.store.OutwardChange;
import dev.daypass.store.ReceivedEvent;
import dev.daypass.store.Sealed;
import dev.daypass.store.Store;
import dev.daypass.users.EventCheck;
import dev.daypass.users.Users;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What identity providers tell of their users: it ends accounts, and never opens or widens one.
public final class UserEvents {
    private static final Logger LOG = LoggerFactory.getLogger(UserEvents.class);

    private final Store store;
    private final Endings endings;
    private final Users users;

    UserEvents(Store store, Endings endings, Users users) {
        this.store = store;
        this.endings = endings;
        this.users = users;
    }

    /// What came of an event.
    public sealed interface Taking {
        /// Every edge knows what follows from it, and it counts no second time.
        ///
        /// @param ended how many accounts ended; 0 where it came before, too
        record Taken(long ended) implements Taking {}

        /// @param error as RFC 8935, section 2.4, names it
        /// @param why fit to be shown
        record Refused(String error, String why) implements Taking {}

        /// @param why fit to be shown
        record NotNow(String why) implements Taking {}
    }

    /// May wait. One that was sent again, byte for byte, is taken and does nothing; one that has
    /// the `jti` of another is refused.
    ///
    /// @param set as it came
    /// @throws dev.daypass.store.StoreUnavailable if nothing can be made durable now
    public Taking take(String set) {
        return switch (users.event(set)) {
            case EventCheck.Refused(var error, var why) -> new Taking.Refused(error, why);
            case EventCheck.Unavailable(var why) -> new Taking.NotNow(why);
            case EventCheck.Nothing(var type) -> {
                LOG.debug("an event of a kind that nothing follows from: {}", type);
                yield new Taking.Taken(0);
            }
            case EventCheck.Over over -> take(over, hash(set));
        };
    }

    private Taking take(EventCheck.Over over, byte[] hash) {
        String issuer = over.user().issuer();
        Sealed before = store.outward().received(issuer, over.tokenId());
        if (before != null) {
            return MessageDigest.isEqual(before.bytes(), hash)
                    ? new Taking.Taken(0)
                    : new Taking.Refused("invalid_request", "another event had this `jti` before");
        }
        // First the endings: an event that is remembered has had its effect.
        long ended = endings.endAllTold(TenantId.DEFAULT, over.user(), over.issued()).accounts();
        var event = new ReceivedEvent(issuer, over.tokenId(), new Sealed(hash));
        store.commit(new Change.OfOutward(new OutwardChange.Received(event, over.type(), ended)))
                .toCompletableFuture()
                .join();
        return new Taking.Taken(ended);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
