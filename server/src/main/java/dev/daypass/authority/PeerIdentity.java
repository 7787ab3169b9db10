package dev.daypass.authority;

import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.SpiffeId;

/// Who presented a certificate.
public sealed interface PeerIdentity {
    /// An agent that this deployment enrolled.
    ///
    /// @param id its SPIFFE id
    /// @param key what its tokens are bound to (RFC 8705, section 3.1)
    record Agent(SpiffeId id, KeyThumbprint.Certificate key) implements PeerIdentity {}

    /// Nobody known here.
    ///
    /// @param why fit to be shown to the peer
    record NotAnAgent(String why) implements PeerIdentity {}
}
