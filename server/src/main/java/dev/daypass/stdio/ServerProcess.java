package dev.daypass.stdio;

import dev.daypass.config.McpCommand;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.MessageReader;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An MCP server in a process of its own (revision 2025-11-25, Transports, stdio): a message a
/// line. It gets nothing of our environment, and leads a process group, so that what it starts ends
/// with it. Thread-safe.
final class ServerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final long END_SECONDS = 2;
    private static final int ERROR_LINES_MAX = 200;
    private static final int ERROR_CHARS_MAX = 500;

    private final String name;
    private final Process process;
    private final boolean leads;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    private ServerProcess(String name, Process process, boolean leads) {
        this.name = name;
        this.process = process;
        this.leads = leads;
    }

    /// @param heard is told each message, on one thread
    /// @param ended runs once, when there are no more
    /// @throws IOException if the program cannot be started
    static ServerProcess start(McpCommand command, Consumer<Message> heard, Runnable ended)
            throws IOException {
        boolean leads = Files.isExecutable(SETSID);
        var words = new ArrayList<String>();
        if (leads) {
            words.add(SETSID.toString());
        }
        words.addAll(command.command());
        var builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(command.environment());
        if (!command.directory().isEmpty()) {
            builder.directory(Path.of(command.directory()).toFile());
        }
        var server = new ServerProcess(command.name(), builder.start(), leads);
        Thread.ofVirtual().start(() -> server.logErrors());
        Thread.ofVirtual().start(() -> server.hear(heard, ended));
        return server;
    }

    long aliveNanos() {
        return System.nanoTime() - startNanos;
    }

    synchronized void send(Message message) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(message.bytes()); // canonical JSON has no line ends
        out.write('\n');
        out.flush();
    }

    private void hear(Consumer<Message> heard, Runnable ended) {
        try (InputStream in = process.getInputStream()) {
            MessageReader reader = MessageReader.ofServer();
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                if (reader.read(line)
                        instanceof MessageReader.Reading.Messages(var all, var _, var _)) {
                    all.forEach(heard);
                }
            }
        } catch (IOException e) {
            LOG.debug("mcp server `{}` went away", name, e);
        } finally {
            close();
            ended.run();
        }
    }

    /// The next line that holds something; empty where there is no more, or it is too long.
    private static byte[] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n' && line.size() > 0) {
                return line.toByteArray();
            }
            if (b != '\n' && b != '\r') {
                line.write(b);
            }
            if (line.size() > MessageReader.SERVER_BYTES_MAX) {
                return new byte[0];
            }
        }
        return new byte[0];
    }

    private void logErrors() {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            int lines = 0;
            for (String line = clipped(in); line != null; line = clipped(in)) {
                lines++;
                if (lines < ERROR_LINES_MAX) {
                    LOG.info("mcp server `{}`: {}", name, line);
                } else if (lines == ERROR_LINES_MAX) {
                    LOG.info("mcp server `{}`: what else it says is not kept", name);
                }
            }
        } catch (IOException e) {
            LOG.debug("mcp server `{}` went away", name, e);
        }
    }

    private static @org.jspecify.annotations.Nullable String clipped(BufferedReader in)
            throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() < ERROR_CHARS_MAX && !Character.isISOControl(c)) {
                line.append((char) c);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    /// Ends it and everything that it started.
    @Override
    public void close() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("mcp server `{}` reads no more", name, e);
        }
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        if (leads) {
            endGroup();
        }
    }

    private void endGroup() {
        try {
            new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.warn("what mcp server `{}` started may still run: {}", name, e.getMessage());
        }
    }
}
