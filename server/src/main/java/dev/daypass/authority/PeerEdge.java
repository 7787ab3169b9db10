package dev.daypass.authority;

/// Whether a certificate is that of an edge in another process.
public sealed interface PeerEdge {
    /// An edge that this deployment enrolled.
    ///
    /// @param name its name
    /// @param thumbprint `x5t#S256` of the certificate
    record Edge(String name, String thumbprint) implements PeerEdge {}

    /// Somebody else.
    ///
    /// @param why fit to be shown to the peer
    record NotAnEdge(String why) implements PeerEdge {}
}
