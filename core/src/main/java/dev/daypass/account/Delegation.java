package dev.daypass.account;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where an account stands in the tree of accounts, and who may open accounts below it.
///
/// @param above the accounts above it, its parent first; empty for an account of nobody else
/// @param delegates the agents that may open accounts below it, besides its own
/// @param depth how many generations may be below it: 0 to [#DEPTH_MAX]
public record Delegation(List<Actor> above, Set<AgentId> delegates, int depth) {
    /// The most generations below an account that has nobody above it.
    public static final int DEPTH_MAX = 15;

    /// The most other agents that may open accounts below one account.
    public static final int DELEGATES_MAX = 16;

    /// Nobody above it, no other agent below it.
    public static final Delegation NONE = new Delegation(List.of(), Set.of(), DEPTH_MAX);

    public Delegation {
        above = List.copyOf(above);
        delegates = Set.copyOf(delegates);
        if (depth < 0 || depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "depth is %d; permitted: 0 to %d".formatted(depth, DEPTH_MAX));
        }
        if (delegates.size() > DELEGATES_MAX) {
            throw new IllegalArgumentException(
                    "%d delegates; permitted: %d".formatted(delegates.size(), DELEGATES_MAX));
        }
    }

    /// The place of an account below another.
    ///
    /// @param parent the other; nothing may be below it where its depth is 0
    /// @param delegates who may open accounts below the new one
    /// @param wanted how deep it would delegate; `null` for as deep as it may, and where it has
    ///   delegates for one generation
    /// @throws IllegalArgumentException if nothing may be below `parent`
    public static Delegation below(
            Account parent, Set<AgentId> delegates, @Nullable Integer wanted) {
        int most = Math.min(parent.delegation().depth() - 1, usual(delegates));
        var above = new ArrayList<Actor>();
        above.add(parent.actor());
        above.addAll(parent.delegation().above());
        return new Delegation(
                above,
                delegates,
                wanted == null ? most : Math.min(wanted, parent.delegation().depth() - 1));
    }

    /// The place of an account below none.
    ///
    /// @param wanted as with [#below]
    public static Delegation first(Set<AgentId> delegates, @Nullable Integer wanted) {
        return new Delegation(List.of(), delegates, wanted == null ? usual(delegates) : wanted);
    }

    /// Others choose no further others, unless it is said that they may.
    private static int usual(Set<AgentId> delegates) {
        return delegates.isEmpty() ? DEPTH_MAX : 1;
    }

    /// The account above it, or `null`.
    public @Nullable AccountId parent() {
        return above.isEmpty() ? null : above.getFirst().account();
    }
}
