package dev.daypass.store.sql;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands durable facts to the feed in the order of the ledger: before what this server wrote, what
/// others have written before. On the writer's thread.
final class Publishing {
    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private final Writing writing;
    private final GroupCommit.Ends ends;
    private volatile boolean unheard;

    Publishing(Writing writing, GroupCommit.Ends ends) {
        this.writing = writing;
        this.ends = ends;
    }

    /// Whether facts are durable that the feed did not take.
    boolean unheard() {
        return unheard;
    }

    /// @param closed whether nobody listens any more
    /// @param backAgain waits for a connection to the database
    void publish(BooleanSupplier closed, Consumer<Exception> backAgain) {
        List<Recorded> committed = writing.committed();
        if (writing.shared()) {
            long durable = writing.facts().durable().size();
            long before = committed.isEmpty() ? durable : committed.getFirst().sequence() - 1;
            while (!closed.getAsBoolean() && !elsewhere(before, backAgain)) {
                LOG.debug("reading again what other servers wrote");
            }
            writing.elsewhere().heard(durable);
        }
        if (!committed.isEmpty()) {
            hand(ends.feed(), committed);
        }
    }

    /// @return whether there is nothing left to be told
    private boolean elsewhere(long last, Consumer<Exception> backAgain) {
        try {
            for (List<Recorded> page = writing.elsewhere().next(last);
                    !page.isEmpty();
                    page = writing.elsewhere().next(last)) {
                page.forEach(this::forget);
                hand(ends.elsewhere(), page);
            }
        } catch (SQLException | RuntimeException e) {
            if (writing.lost()) {
                backAgain.accept(e);
                return false;
            }
            unheard = true;
            LOG.error("facts of other servers cannot be read; edges stop until a restart", e);
        }
        return true;
    }

    private void forget(Recorded recorded) {
        if (recorded.fact() instanceof Fact.Shredded shredded) {
            writing.facts().shredded(shredded.accounts());
        }
    }

    private void hand(Consumer<List<Recorded>> to, List<Recorded> facts) {
        try {
            to.accept(facts);
        } catch (RuntimeException e) {
            // An edge that did not hear of an ending must not go on serving.
            unheard = true;
            LOG.error("the feed failed on durable facts; edges stop until a restart", e);
        }
    }
}
