package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server of another make as the service: it answers with what it understood of a request, in
/// three lines: method, decoded path, query as it came.
final class RealServer implements AutoCloseable {
    private static final int SECONDS_MAX = 20;
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));

    private final String name;
    private final int port;
    private final Process process;

    private RealServer(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    static List<RealServer> ofEachMake(Path directory) throws IOException {
        return List.of(nginx(directory), haproxy(directory), node());
    }

    private static RealServer nginx(Path directory) throws IOException {
        Path own = Files.createDirectories(directory.resolve("nginx"));
        int port = freePort();
        Path configuration =
                Files.writeString(
                        own.resolve("conf"),
                        """
                        daemon off;
                        master_process off;
                        pid %2$s/pid;
                        error_log %2$s/error.log;
                        events {}
                        http {
                          access_log off;
                          client_body_temp_path %2$s/body;
                          proxy_temp_path %2$s/proxy;
                          fastcgi_temp_path %2$s/fastcgi;
                          uwsgi_temp_path %2$s/uwsgi;
                          scgi_temp_path %2$s/scgi;
                          server {
                            listen 127.0.0.1:%1$d;
                            location / { return 200 "$request_method\\n$uri\\n$args"; }
                          }
                        }
                        """
                                .formatted(port, own));
        return listening(
                "nginx",
                port,
                List.of(tool("nginx"), "-p", own.toString(), "-c", configuration.toString()),
                own);
    }

    private static RealServer haproxy(Path directory) throws IOException {
        Path own = Files.createDirectories(directory.resolve("haproxy"));
        int port = freePort();
        Path configuration =
                Files.writeString(
                        own.resolve("conf"),
                        """
                        defaults
                          mode http
                          timeout client 30s
                          timeout connect 5s
                          timeout server 30s
                        frontend all
                          bind 127.0.0.1:%d
                          http-request return status 200 content-type text/plain lf-string "%%[method]\\n%%[path,url_dec]\\n%%[query]"
                        """
                                .formatted(port));
        return listening(
                "HAProxy",
                port,
                List.of(tool("haproxy"), "-db", "-f", configuration.toString()),
                own);
    }

    /// Its own script says where it listens.
    private static RealServer node() throws IOException {
        Path script = BASE.resolve("src/test/node/understood.mjs").toAbsolutePath();
        Process process =
                new ProcessBuilder("node", script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String port = out.readLine();
        return port == null
                ? fail("the tests need `node` on the path; install it (docs/testing.md)")
                : new RealServer("Node.js", Integer.parseInt(port), process);
    }

    private static String tool(String name) throws IOException {
        return tool(name, name);
    }

    /// The path of a program, fetched where it is not installed.
    ///
    /// @param from the Debian package that has it
    static String tool(String name, String from) throws IOException {
        Path script = BASE.resolve("../scripts/debian-tool").toAbsolutePath().normalize();
        Process process =
                new ProcessBuilder(script.toString(), name, from)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertEquals(
                    0, process.waitFor(), "the tests need `%s` (docs/testing.md)".formatted(name));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
        return path.strip();
    }

    private static RealServer listening(String name, int port, List<String> command, Path own)
            throws IOException {
        Path log = own.resolve("log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Await.until(name + " listens: " + log, () -> !process.isAlive() || accepts(port));
        assertEquals(true, process.isAlive(), () -> text(log));
        return new RealServer(name, port, process);
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
