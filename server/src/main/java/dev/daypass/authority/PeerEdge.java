package dev.daypass.authority;

import org.jspecify.annotations.Nullable;

/// Whether a certificate is that of an edge in another process.
public sealed interface PeerEdge {
    /// An edge that this deployment enrolled.
    ///
    /// @param name its name
    /// @param thumbprint `x5t#S256` of the certificate
    /// @param after that of the certificate which this one was issued to replace, or `null`
    record Edge(String name, String thumbprint, @Nullable String after) implements PeerEdge {}

    /// Somebody else.
    ///
    /// @param why fit to be shown to the peer
    record NotAnEdge(String why) implements PeerEdge {}
}
