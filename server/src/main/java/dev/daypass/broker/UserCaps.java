package dev.daypass.broker;

import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.UserCeiling;
import dev.daypass.policy.Caps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long and how often a user lets what they hand on be used.
final class UserCaps {
    private UserCaps() {}

    /// The least of what the ceilings say that these leaves lie within.
    ///
    /// @param user what the user may hand on; `null` where an account acts for none
    /// @param leaves confined to that
    static Caps of(@Nullable UserCeiling user, List<Leaf> leaves) {
        Caps caps = Caps.none();
        if (user != null) {
            for (Leaf leaf : leaves) {
                Ceiling ceiling = user.holding(leaf).orElseThrow();
                caps = caps.and(new Caps(ceiling.ttlMax(), ceiling.callsLimit()));
            }
        }
        return caps;
    }
}
