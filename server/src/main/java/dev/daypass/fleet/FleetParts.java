package dev.daypass.fleet;

import dev.daypass.authority.TrustAnchor;
import dev.daypass.broker.Allotments;
import dev.daypass.broker.EdgeRegistry;
import dev.daypass.broker.Fleet;
import dev.daypass.feed.EdgeLink;
import dev.daypass.vault.Vault;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What edges in other processes reach.
///
/// @param issuer of tokens
/// @param readsDurableFirst whether answers to reads, too, wait until their fact is durable
/// @param jwks of the keys that tokens are signed with
/// @param anchor says who is an edge
/// @param registry says which edges there are
/// @param fleet keeps track of them
/// @param link does for them what it does for the edge in this process
/// @param allotments what edges have of budgets
/// @param vault hands credentials over
/// @param clock wall clock
/// @param waiting runs what may wait; virtual threads
public record FleetParts(
        String issuer,
        boolean readsDurableFirst,
        Jwks jwks,
        TrustAnchor anchor,
        EdgeRegistry registry,
        Fleet fleet,
        EdgeLink link,
        Allotments allotments,
        Vault vault,
        InstantSource clock,
        Executor waiting) {
    /// A JWK set (RFC 7517, section 5), as text.
    @FunctionalInterface
    public interface Jwks {
        String text();
    }
}
