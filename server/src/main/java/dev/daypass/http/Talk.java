package dev.daypass.http;

/// What a route says and hears over a WebSocket (RFC 6455) once it has agreed to one.
///
/// Exactly one of the first two is called: `begin` when the handshake is done, or `close` when the
/// other side had gone before. After `begin`, `close` follows when either side ends it. All on the
/// connection's event loop.
public interface Talk {
    /// Begins to talk.
    void begin(TalkSocket to);

    /// A text message came, whole.
    ///
    /// @throws RuntimeException ends the talk
    void heard(String text);

    /// Nobody listens any longer.
    void close();
}
