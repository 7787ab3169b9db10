package dev.daypass.feed;

import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.ToEdge;
import dev.daypass.revocation.ToEdge.Numbered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last facts that concern edges, for those that missed some. Thread-safe.
public final class NewsLog {
    private static final int KEPT_MAX = 20_000;

    private final ArrayDeque<Recorded> kept = new ArrayDeque<>();
    private long keptAfter;
    private long head;

    /// @param head the last fact there is, whatever it concerns
    public NewsLog(long head) {
        this.keptAfter = head;
        this.head = head;
    }

    /// Whether a fact concerns edges.
    public static boolean concernsEdges(Recorded recorded) {
        return switch (recorded.fact().type()) {
            case "AccountEnded",
                    "ServiceAdded",
                    "ServiceRemoved",
                    "CredentialRenewed",
                    "TraitsCorrected",
                    "ToolChanged",
                    "ToolAccepted",
                    "RulesChanged" ->
                    true;
            default -> false;
        };
    }

    /// Takes a fact that concerns edges.
    ///
    /// @return what to tell those who have heard everything before it
    public synchronized ToEdge.News<Snapshot, Recorded> add(Recorded recorded) {
        long before = head;
        head = recorded.sequence();
        kept.addLast(recorded);
        if (kept.size() > KEPT_MAX) {
            keptAfter = kept.removeFirst().sequence();
        }
        return new ToEdge.News<>(before, head, List.of(new Numbered<>(head, recorded)));
    }

    /// The last fact that concerns edges.
    public synchronized long head() {
        return head;
    }

    /// What happened after a fact; `null` where that is not known any more.
    public synchronized ToEdge.@Nullable News<Snapshot, Recorded> after(long sequence) {
        if (sequence < keptAfter) {
            return null;
        }
        var facts = new ArrayList<Numbered<Recorded>>();
        kept.stream()
                .filter(recorded -> recorded.sequence() > sequence)
                .forEach(recorded -> facts.add(new Numbered<>(recorded.sequence(), recorded)));
        return new ToEdge.News<>(sequence, Math.max(sequence, head), facts);
    }
}
