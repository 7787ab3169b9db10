package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Main;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass serve` as the process that it is.
class ServeTest {
    private static final Map<String, String> FREE_PORTS =
            Map.of(
                    "DAYPASS_AGENTS_PORT", "0",
                    "DAYPASS_AGENTS_HOST", "127.0.0.1",
                    "DAYPASS_CONSOLE_PORT", "0",
                    "DAYPASS_HEALTH_PORT", "0");

    @TempDir Path home;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(Map<String, String> environment, String... args) throws IOException {
        var words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        words.addAll(List.of(args));
        var builder = new ProcessBuilder(words).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
        builder.environment().putAll(environment);
        Process process = builder.redirectError(home.resolve("err").toFile()).start();
        started.add(process);
        return process;
    }

    private static String all(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void it_says_when_it_is_ready_and_ends_with_status_0_when_told_to_stop() throws Exception {
        new Run.Place(home).run("init", "--data", home.resolve("data").toString());
        Process server = start(FREE_PORTS, "serve", "--print-ports", "ports.json");
        String ready = server.inputReader(StandardCharsets.UTF_8).readLine();
        Json ports = Json.parse(Files.readString(home.resolve("ports.json")).strip());
        int health =
                ports instanceof Json.Obj(var members)
                                && members.get("health") instanceof Json.Num(var port)
                        ? port.intValueExact()
                        : 0;

        assertTrue(
                ready.matches(
                        "ready in \\d+ ms: agents https://127.0.0.1:\\d+, console http://127.0.0.1:\\d+, health http://127.0.0.1:"
                                + health),
                ready);
        assertEquals(200, status("http://127.0.0.1:" + health + "/health/ready"));
        server.toHandle().destroy();

        assertTrue(server.waitFor(60, TimeUnit.SECONDS));
        assertEquals(ExitCode.OK, server.exitValue());
        assertTrue(Files.readString(home.resolve("err")).contains("stopping: no new calls"));
    }

    private static int status(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void a_port_in_use_is_one_line_and_status_1() throws Exception {
        new Run.Place(home).run("init", "--data", home.resolve("data").toString());
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var environment = new java.util.HashMap<>(FREE_PORTS);
            environment.put("DAYPASS_CONSOLE_PORT", "" + taken.getLocalPort());
            Process server = start(environment, "serve");

            assertEquals("", all(server));
            assertEquals(ExitCode.FAILED, server.waitFor());
            assertTrue(
                    Files.readString(home.resolve("err"))
                            .contains(
                                    "daypass: port %d is in use; set `console.port`, or stop what listens there%n"
                                            .formatted(taken.getLocalPort())));
        }
    }

    @Test
    void without_a_data_directory_it_says_how_to_make_one() {
        Run run = new Run.Place(home).run("serve", "--data", home.resolve("none").toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().contains("run `daypass init`"));
    }

    @Test
    void a_wrong_setting_is_told_by_the_option_that_gave_it() {
        Run run = new Run.Place(home).run("serve", "--roles", "edge,cook");

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().startsWith("daypass: `--roles` "), run.err());
    }

    @Test
    void a_configuration_file_that_is_not_there_is_told() {
        Run run = new Run.Place(home).run("serve", "--config", home.resolve("no.yaml").toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().contains("no.yaml"));
    }
}
