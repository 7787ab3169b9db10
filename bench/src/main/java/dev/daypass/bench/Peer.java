package dev.daypass.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another proxy in the server's place: one worker, mutual TLS, keep-alive to the upstream, no
/// check of tokens.
///
/// @param name the program's
/// @param port where it listens
/// @param process the program
record Peer(String name, int port, Process process) implements AutoCloseable {
    private static final int END_SECONDS_MAX = 5;
    private static final int TRIES = 50;

    /// Those that are on the path.
    static List<Peer> start(Site site) {
        var out = new ArrayList<Peer>();
        for (String name : List.of("nginx", "haproxy")) {
            if (installed(name)) {
                out.add(start(site, name));
            }
        }
        return out;
    }

    private static boolean installed(String name) {
        String path = System.getenv("PATH");
        return path != null
                && List.of(path.split(File.pathSeparator)).stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    }

    private static Peer start(Site site, String name) {
        try {
            int port = freePort();
            Path files = site.tlsFiles();
            Path own = site.directory(name);
            Path configuration = own.resolve(name + ".conf");
            var command = new ArrayList<>(site.cores().server());
            command.add(name);
            if (name.equals("nginx")) {
                Files.writeString(
                        configuration, nginx(port, site.upstream().port("http"), files, own));
                command.addAll(List.of("-p", own.toString(), "-c", configuration.toString()));
            } else {
                Files.writeString(
                        configuration, haproxy(port, site.upstream().port("http"), files));
                command.addAll(List.of("-db", "-f", configuration.toString()));
            }
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(own.resolve("log").toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            awaitListening(port);
            return new Peer(name, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nginx(int port, int upstream, Path tls, Path own) {
        return """
        daemon off;
        worker_processes 1;
        pid %4$s/pid;
        error_log %4$s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          upstream up { server 127.0.0.1:%2$d; keepalive 64; }
          server {
            listen 127.0.0.1:%1$d ssl;
            ssl_protocols TLSv1.3;
            ssl_certificate %3$s/chain.pem;
            ssl_certificate_key %3$s/key.pem;
            ssl_client_certificate %3$s/anchors.pem;
            ssl_verify_client on;
            keepalive_requests 100000000;
            location / {
              proxy_pass http://up;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
            }
          }
        }
        """
                .formatted(port, upstream, tls, own);
    }

    private static String haproxy(int port, int upstream, Path tls) {
        return """
        global
          nbthread 1
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend agents
          bind 127.0.0.1:%1$d ssl crt %3$s/both.pem ca-file %3$s/anchors.pem verify required
          default_backend up
        backend up
          http-reuse always
          server up 127.0.0.1:%2$d
        """
                .formatted(port, upstream, tls);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(int port) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                pause();
            }
        }
        throw new IOException("a peer did not listen on port " + port);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
