package dev.daypass.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Checks a ledger fact by fact, in order: each where it should be, each as its leaf says, and all
/// together as the trees say that are known from elsewhere.
public final class LedgerCheck {
    private final List<Known> known = new ArrayList<>();
    private Frontier frontier;
    private long agreed;

    /// @param before what is known of the facts before the first that is shown
    public LedgerCheck(Frontier before) {
        this.frontier = before;
        this.agreed = before.size();
    }

    public LedgerCheck() {
        this(Frontier.EMPTY);
    }

    private record Known(Tree tree, String who) {}

    /// Makes it check, on the way, that the ledger was this tree at its size.
    ///
    /// @param who says so, for the objection
    public void expect(Tree tree, String who) {
        if (tree.size() > frontier.size()) {
            known.add(new Known(tree, who));
            known.sort(Comparator.comparingLong(each -> each.tree.size()));
        }
    }

    /// Empty if `entry` stands where it should and is what its leaf says; otherwise what is wrong.
    ///
    /// @param leaf as it was stored with it
    public String objection(Entry entry, TreeHash leaf) {
        return objection(entry.sequence(), TreeHash.leaf(entry.canonical()), leaf);
    }

    /// The same where the leaf of the entry is known.
    ///
    /// @param made the leaf that the entry has
    public String objection(long sequence, TreeHash made, TreeHash leaf) {
        long expected = frontier.size() + 1;
        if (sequence != expected) {
            return sequence > expected
                    ? "fact %d is missing: the next one is %d".formatted(expected, sequence)
                    : "fact %d stands where fact %d should be".formatted(sequence, expected);
        }
        if (!made.equals(leaf)) {
            return "fact %d was changed: its leaf does not match".formatted(expected);
        }
        frontier = frontier.append(made);
        return known();
    }

    private String known() {
        while (!known.isEmpty() && known.getFirst().tree.size() == frontier.size()) {
            Known next = known.removeFirst();
            if (!next.tree.root().equals(frontier.root())) {
                return "facts %d to %d are not those that %s knows of"
                        .formatted(agreed + 1, frontier.size(), next.who);
            }
            agreed = frontier.size();
        }
        return "";
    }

    /// What is expected and was not reached: facts are missing at the end. Empty for nothing.
    public String missing() {
        return known.isEmpty()
                ? ""
                : "the ledger ends after fact %d, but %s knows of %d"
                        .formatted(
                                frontier.size(), known.getLast().who, known.getLast().tree.size());
    }

    public Frontier frontier() {
        return frontier;
    }
}
