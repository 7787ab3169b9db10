package dev.daypass.stdio;

import dev.daypass.config.McpCommand;
import dev.daypass.mcp.Message;
import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The servers that the operator's configuration names: each client has a process of its own, so
/// that no account sees another's state. What ends soon after its start is started again more and
/// more slowly. Thread-safe.
public final class StdioServers implements AutoCloseable {
    private static final int ID_BYTES = 18;
    private static final long QUICK_NANOS = 5_000_000_000L;
    private static final long PAUSE_NANOS = 250_000_000L;
    private static final int DOUBLINGS_MAX = 7;

    private final Map<String, McpCommand> commands = new HashMap<>();
    private final Map<String, StdioSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    public StdioServers(List<McpCommand> commands) {
        commands.forEach(command -> this.commands.put(command.name(), command));
    }

    /// Starts that ended soon, one after another.
    private record Failures(int count, long lastNanos) {
        boolean rest(long now) {
            return now - lastNanos < PAUSE_NANOS << Math.min(count, DOUBLINGS_MAX);
        }
    }

    /// Whether the configuration has a server of this name.
    public boolean has(String name) {
        return commands.containsKey(name);
    }

    /// Starts a process for a client.
    ///
    /// @return the session's id; `null` where it cannot be started now
    @Nullable String begin(String name) {
        McpCommand command = commands.get(name);
        Failures failed = failures.get(name);
        if (command == null || (failed != null && failed.rest(System.nanoTime()))) {
            return null;
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64Url.encode(bytes);
        return started(id, command) ? id : null;
    }

    private synchronized boolean started(String id, McpCommand command) {
        long running =
                sessions.values().stream().filter(s -> s.name().equals(command.name())).count();
        if (running >= command.processesMax()) {
            return false;
        }
        var session = new StdioSession(command.name());
        try {
            var started = new ServerProcess[1];
            ServerProcess process =
                    ServerProcess.start(
                            command, session::hear, () -> ended(id, session, started[0]));
            started[0] = process;
            session.of(process);
            sessions.put(id, session);
            if (session.isOver()) {
                sessions.remove(id);
            }
            return true;
        } catch (IOException e) {
            count(command.name());
            return false;
        }
    }

    private void ended(String id, StdioSession session, @Nullable ServerProcess process) {
        session.ended();
        boolean wasOurs = sessions.remove(id, session);
        if (wasOurs && (process == null || process.aliveNanos() < QUICK_NANOS)) {
            count(session.name());
        } else {
            failures.remove(session.name());
        }
    }

    private void count(String name) {
        long now = System.nanoTime();
        failures.merge(
                name, new Failures(1, now), (before, _) -> new Failures(before.count() + 1, now));
    }

    @Nullable StdioSession find(String id) {
        return sessions.get(id);
    }

    /// Ends a client's process, if it has one.
    public void end(String id) {
        StdioSession session = sessions.remove(id);
        if (session != null) {
            Thread.ofVirtual().start(session::close);
        }
    }

    /// Speaks to a process of its own, from its start to its end, one question after another.
    public Talk talk(String name) throws IOException {
        String id = begin(name);
        StdioSession session = id == null ? null : find(id);
        if (id == null || session == null) {
            throw new IOException("server `%s` cannot be started now".formatted(name));
        }
        return new Talk(id, session);
    }

    /// A conversation.
    public final class Talk implements AutoCloseable {
        private final String id;
        private final StdioSession session;

        private Talk(String id, StdioSession session) {
            this.id = id;
            this.session = session;
        }

        /// @return the answer; `null` to what wants none
        /// @throws IOException if there is none
        public Message.@Nullable Reply ask(Message message) throws IOException {
            if (!(message instanceof Message.Request request)) {
                session.send(message);
                return null;
            }
            StdioSession.Listener listener = session.listen(List.of(request.key()));
            try {
                session.send(request);
                while (true) {
                    switch (listener.next()) {
                        case StdioSession.Heard.Said(Message.Reply reply) -> {
                            return reply;
                        }
                        case StdioSession.Heard.Said _ -> {}
                        case StdioSession.Heard.Over _ ->
                                throw new IOException("the server has ended");
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                session.leave(listener);
            }
        }

        @Override
        public void close() {
            end(id);
        }
    }

    /// Ends every process.
    @Override
    public void close() {
        List<StdioSession> all = List.copyOf(sessions.values());
        sessions.clear();
        List<Thread> ending =
                all.stream().map(session -> Thread.ofVirtual().start(session::close)).toList();
        for (Thread one : ending) {
            try {
                one.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
