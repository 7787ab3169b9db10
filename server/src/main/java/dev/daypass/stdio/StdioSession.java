package dev.daypass.stdio;

import dev.daypass.mcp.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// One client of one process. An answer goes to whoever asked; what the server says otherwise goes
/// to the youngest that listens, and waits where none does. Thread-safe.
final class StdioSession {
    private static final int WAITING_MAX = 100;
    private static final int QUEUE_MAX = 1_000;

    private final String name;
    private final Map<String, Listener> asked = new LinkedHashMap<>();
    private final ArrayDeque<Listener> listeners = new ArrayDeque<>();
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private @Nullable ServerProcess process;
    private boolean over;

    /// @param name of the command
    StdioSession(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// What somebody hears: messages, and at last that there are no more.
    static final class Listener {
        private final BlockingQueue<Heard> queue = new LinkedBlockingQueue<>(QUEUE_MAX);

        Heard next() throws InterruptedException {
            return queue.take();
        }

        // Whoever does not listen loses what it does not take.
        private void tell(Heard heard) {
            if (!queue.offer(heard)) {
                queue.clear();
                queue.add(new Heard.Over());
            }
        }
    }

    /// Something that is heard.
    sealed interface Heard {
        /// @param message what the server says
        record Said(Message message) implements Heard {}

        /// The process has ended, or the listener was too slow.
        record Over() implements Heard {}
    }

    synchronized void of(ServerProcess server) {
        process = server;
    }

    synchronized boolean isOver() {
        return over;
    }

    /// Begins to listen.
    ///
    /// @param keys of the requests whose answers it waits for
    synchronized Listener listen(List<String> keys) {
        var listener = new Listener();
        keys.forEach(key -> asked.put(key, listener));
        listeners.addLast(listener);
        while (!waiting.isEmpty()) {
            listener.tell(new Heard.Said(waiting.removeFirst()));
        }
        if (over) {
            listener.tell(new Heard.Over());
        }
        return listener;
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
        asked.values().removeIf(listener::equals);
    }

    synchronized void hear(Message message) {
        Listener to =
                message instanceof Message.Reply reply
                        ? asked.remove(reply.key())
                        : listeners.peekLast();
        if (to != null) {
            to.tell(new Heard.Said(message));
        } else if (!(message instanceof Message.Reply) && waiting.size() < WAITING_MAX) {
            waiting.addLast(message);
        }
    }

    void send(Message message) throws IOException {
        ServerProcess server;
        synchronized (this) {
            server = process;
        }
        if (server == null) {
            throw new IOException("there is no process");
        }
        server.send(message);
    }

    synchronized void ended() {
        over = true;
        listeners.forEach(listener -> listener.tell(new Heard.Over()));
    }

    void close() {
        ServerProcess server;
        synchronized (this) {
            server = process;
        }
        if (server != null) {
            server.close();
        }
    }
}
