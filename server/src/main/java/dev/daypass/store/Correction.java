package dev.daypass.store;

import dev.daypass.identity.TenantId;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import java.time.Instant;
import java.util.Set;

/// What an operator said that an operation does to the world.
///
/// @param tenant the service's tenant
/// @param operation which
/// @param traits what it does
/// @param by the operator's name
/// @param at when it was said
public record Correction(
        TenantId tenant, OperationId operation, Set<Trait> traits, String by, Instant at) {
    public Correction {
        traits = Set.copyOf(traits);
    }
}
