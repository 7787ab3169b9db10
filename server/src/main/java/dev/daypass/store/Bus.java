package dev.daypass.store;

/// What the servers of one database tell each other besides facts. Anything may be lost, come late
/// or twice.
public interface Bus extends AutoCloseable {
    /// The longest message, bytes of UTF-8.
    int MESSAGE_BYTES_MAX = 7_000;

    /// Says it to all others. Does not wait.
    void say(String message);

    /// Hears what others say, and that they wrote.
    interface Ear {
        /// Something may be durable that was not heard yet.
        void wrote();

        void said(String message);
    }

    @Override
    void close();
}
