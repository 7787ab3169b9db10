package dev.daypass.http;

/// What an answer that goes on tells, for as long as somebody reads it.
///
/// Exactly one of the two is called: `begin` when the answer is written, or `close` when its reader
/// had gone before. After `begin`, `close` follows when the reader goes or the stream ends.
public interface Events {
    /// Begins to tell. Called once, on the connection's event loop.
    void begin(EventStream to);

    /// Nobody reads any longer.
    void close();
}
