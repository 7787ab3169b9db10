package dev.daypass.policy;

import dev.daypass.permission.Trait;
import java.util.Set;

/// One granted operation, as rules see it in `account.grant`.
///
/// @param service the service that offers it
/// @param operation its name there
/// @param method its HTTP method
/// @param path its path template
/// @param traits what it does to the world
public record GrantLeaf(
        String service, String operation, String method, String path, Set<Trait> traits) {
    public GrantLeaf {
        traits = Set.copyOf(traits);
    }
}
