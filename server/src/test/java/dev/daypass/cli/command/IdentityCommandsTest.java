package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent's key and certificate on its own disk, and a console over TLS.
class IdentityCommandsTest {
    @TempDir Path home;
    private Run.Place place = new Run.Place(Path.of("."));
    private final List<Server> running = new ArrayList<>();

    @BeforeEach
    void aServerWithItsConsoleOverTls() {
        String data = home.resolve("data").toString();
        place = new Run.Place(home).at(Clock.systemUTC()).with("DAYPASS_DATA", data);
        good("init");
        Map<String, String> settings =
                Map.of(
                        "DAYPASS_DATA", data,
                        "DAYPASS_AGENTS_HOST", "127.0.0.1",
                        "DAYPASS_AGENTS_PORT", "0",
                        "DAYPASS_CONSOLE_PORT", "0",
                        "DAYPASS_CONSOLE_TLS", "true",
                        "DAYPASS_HEALTH_PORT", "0");
        Server server = Server.start(Config.load(null, settings), Clock.systemUTC());
        running.add(server);
        place.with("DAYPASS_SERVER", server.config().issuer())
                .with("DAYPASS_CONSOLE", "https://127.0.0.1:" + server.ports().console());
    }

    @AfterEach
    void close() {
        running.forEach(Server::close);
    }

    private Run good(String... args) {
        Run run = place.run(args);
        assertEquals(ExitCode.OK, run.code(), run.err());
        return run;
    }

    private void failed(String because, String... args) {
        Run run = place.run(args);
        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains(because), run.err());
        assertEquals(1, run.err().lines().count());
    }

    private Path enrolled() {
        place.input(good("agent", "add", "reader").out());
        good("agent", "enrol", "--token", "-");
        return home.resolve(".daypass").resolve("identity");
    }

    @Test
    void the_console_over_tls_is_trusted_by_the_authority_of_its_own_data_directory() {
        String other = home.resolve("other").toString();
        good("init", "--data", other);

        assertEquals("no accounts\n", good("ls").out());
        Run run = place.run("ls", "--data", other);

        assertEquals(ExitCode.UNREACHABLE, run.code());
        assertTrue(
                run.err()
                        .contains("its certificate is not from the authority that is trusted here"),
                run.err());
    }

    @Test
    void an_identity_that_cannot_be_written_leaves_the_enrolment_token_unused() throws Exception {
        String blocked = Files.writeString(home.resolve("file"), "").resolve("identity").toString();
        place.input(good("agent", "add", "reader").out());

        failed(
                "cannot be written to `" + blocked + "`",
                "agent",
                "enrol",
                "--token",
                "-",
                "--identity",
                blocked);

        good("agent", "enrol", "--token", "-");
        assertFalse(Files.exists(home.resolve(".daypass/identity/.probe")));
    }

    @Test
    void an_incomplete_identity_is_told_by_the_file_that_it_lacks() throws Exception {
        Path identity = enrolled();
        Files.delete(identity.resolve("cert.pem"));

        failed("lacks `cert.pem`; enrol anew with: daypass agent enrol --force", "open", "x");
    }

    @Test
    void a_damaged_identity_is_told_by_the_file_that_is_damaged() throws Exception {
        Path identity = enrolled();
        for (String file : List.of("server", "ca.pem", "cert.pem")) {
            Files.writeString(identity.resolve(file), "a b\n");

            failed("`" + identity.resolve(file) + "` is damaged: ", "open", "x");
        }
    }

    @Test
    void a_certificate_that_has_ended_is_told_before_anything_is_sent() {
        enrolled();
        place.at(InstantSource.offset(Clock.systemUTC(), Duration.ofDays(8)));

        failed("; an operator gives a new token: daypass agent add NAME", "open", "x");
        failed("; an operator gives a new token: daypass agent add NAME", "agent", "renew");
    }

    @Test
    void a_renewal_goes_to_the_server_that_is_named() throws Exception {
        enrolled();
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        Run elsewhere = place.run("agent", "renew", "--server", "https://127.0.0.1:" + port);

        assertEquals(ExitCode.UNREACHABLE, elsewhere.code());
        assertTrue(elsewhere.err().contains("https://127.0.0.1:" + port), elsewhere.err());
        good("agent", "renew");
    }
}
