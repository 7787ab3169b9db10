package dev.daypass.intent;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Grant;
import dev.daypass.permission.UserCeiling;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a grant must stay within.
///
/// @param reach what the agent could ever be granted
/// @param parent the delegating account's grant; `null` for an account of its own
/// @param user what the user may hand on for whom the account acts; `null` for none
/// @param services the caller's own narrowing; empty for none
/// @param later what becomes of wishes behind the first one
public record Bounds(
        Reach reach,
        @Nullable Grant parent,
        @Nullable UserCeiling user,
        Set<ServiceId> services,
        LaterWishes later) {
    public Bounds {
        services = Set.copyOf(services);
    }

    /// Bounds in which every wish counts.
    public Bounds(Reach reach, @Nullable Grant parent, Set<ServiceId> services) {
        this(reach, parent, services, LaterWishes.GRANT);
    }

    /// Bounds of an account that acts for no user.
    public Bounds(Reach reach, @Nullable Grant parent, Set<ServiceId> services, LaterWishes later) {
        this(reach, parent, null, services, later);
    }
}
