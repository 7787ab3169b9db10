package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.DataDirectoryFailure;
import dev.daypass.cli.Server;
import dev.daypass.cli.StartFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What keeps a server from starting, told in one line; and that it starts once that is put right.
class StartTest {
    private Path data;

    @BeforeEach
    void initialise() {
        data = Installation.initialised();
    }

    @AfterEach
    void delete() {
        Installation.delete(data.getParent());
    }

    private static Server start(Path data, Map<String, String> settings, InstantSource clock) {
        return Server.start(Installation.config(data, settings), clock);
    }

    private static Server start(Path data) {
        return start(data, Map.of(), Clock.systemUTC());
    }

    private void startsNow() {
        start(data).close();
    }

    /// One line for people.
    private static String refused(Class<? extends RuntimeException> as, Runnable start) {
        String message = String.valueOf(assertThrows(as, start::run).getMessage());
        assertFalse(message.isBlank() || message.contains("\n"), message);
        assertFalse(message.contains("Exception") || message.contains("java."), message);
        return message;
    }

    @Test
    void a_second_server_on_the_same_data_directory_does_not_start() {
        Server first = start(data);

        String message = refused(StartFailure.class, () -> start(data));

        assertTrue(message.contains("in use by another daypass server"), message);
        first.close();
        startsNow();
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        try (var taken = new ServerSocket(0)) {
            for (String key : List.of("AGENTS", "CONSOLE", "HEALTH")) {
                Map<String, String> settings =
                        Map.of(key + "_PORT", Integer.toString(taken.getLocalPort()));

                String message =
                        refused(StartFailure.class, () -> start(data, settings, Clock.systemUTC()));

                assertTrue(message.contains("port " + taken.getLocalPort()), message);
                assertTrue(message.contains("in use"), message);
            }
        }
        startsNow();
    }

    @Test
    void a_data_directory_that_is_none_is_named() throws IOException {
        Path file = Files.createFile(data.resolveSibling("file"));
        for (Path none :
                List.of(
                        file,
                        file.resolve("below"),
                        Path.of("/proc/daypass"),
                        data.resolve("missing"))) {
            String message = refused(DataDirectoryFailure.class, () -> start(none));
            assertTrue(message.contains(none.toString()), message);
            if (!none.equals(data.resolve("missing"))) {
                message =
                        refused(
                                DataDirectoryFailure.class,
                                () ->
                                        new DataDirectory(none)
                                                .init(Installation.DOMAIN, Instant.now()));
                assertTrue(message.contains(none.toString()), message);
            }
        }
    }

    @Test
    void an_initialised_data_directory_is_not_initialised_again() throws IOException {
        byte[] before = Files.readAllBytes(data.resolve(DataDirectory.OPERATOR_TOKEN));

        refused(
                DataDirectoryFailure.class,
                () -> new DataDirectory(data).init(Installation.DOMAIN, Instant.now()));

        assertEquals(
                new String(before, java.nio.charset.StandardCharsets.UTF_8),
                Files.readString(data.resolve(DataDirectory.OPERATOR_TOKEN)));
        startsNow();
    }

    private List<Path> secrets() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(DataDirectory.OPERATOR_TOKEN))
                    .filter(file -> !file.toString().endsWith("ca.pem"))
                    .filter(file -> !file.toString().endsWith(".pub"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean ofTheLedger(Path file) {
        return file.endsWith(LogKey.FILE);
    }

    /// The ledger's key is read when there is a ledger, the others before.
    private static Class<? extends RuntimeException> failure(Path file) {
        return ofTheLedger(file) ? StartFailure.class : DataDirectoryFailure.class;
    }

    @Test
    void a_damaged_key_file_is_named() throws IOException {
        assertTrue(secrets().size() >= 4, secrets().toString());
        for (Path file : secrets()) {
            byte[] good = Files.readAllBytes(file);
            for (byte[] bad :
                    List.of(
                            new byte[0],
                            "garbage\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                            half(good))) {
                Files.write(file, bad);

                String message = refused(failure(file), () -> start(data));

                assertTrue(
                        message.contains(file.getFileName().toString())
                                || message.contains(file.getParent().toString()),
                        file + ": " + message);
            }
            Files.write(file, good);
        }
        startsNow();
    }

    private static byte[] half(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, bytes.length / 2);
    }

    @Test
    void a_key_file_that_others_may_read_is_named() throws IOException {
        for (Path file : secrets()) {
            var before = Files.getPosixFilePermissions(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

            String message = refused(failure(file), () -> start(data));

            assertTrue(message.contains(file.getFileName().toString()), file + ": " + message);
            Files.setPosixFilePermissions(file, before);
        }
        startsNow();
    }

    @Test
    void a_missing_key_file_is_named() throws IOException {
        // The ledger's key is made with the first checkpoint; lost after that, it is named:
        // CheckpointerTest.
        for (Path file : secrets().stream().filter(file -> !ofTheLedger(file)).toList()) {
            byte[] good = Files.readAllBytes(file);
            var permissions = Files.getPosixFilePermissions(file);
            Files.delete(file);

            refused(DataDirectoryFailure.class, () -> start(data));

            Files.write(file, good);
            Files.setPosixFilePermissions(file, permissions);
        }
        startsNow();
    }

    @Test
    void a_clock_behind_the_ledger_is_told() throws IOException {
        var ahead = new SettableClock();
        ahead.advance(Duration.ofDays(1));
        Server early = start(data, Map.of(), ahead);
        new dev.daypass.cli.OperatorClient(
                        java.net.URI.create("http://127.0.0.1:" + early.ports().console()),
                        new DataDirectory(data).operatorToken())
                .send(
                        "POST",
                        "/v1/agents",
                        dev.daypass.wire.Json.object().put("name", "agent").build());
        early.close();

        String message = refused(StartFailure.class, () -> start(data));

        assertTrue(message.contains("clock"), message);
        start(data, Map.of(), ahead).close();
    }

    @Test
    void a_database_that_is_none_is_named() throws IOException {
        Files.writeString(data.resolve("daypass.db"), "this is no database, whatever its name");

        String message = refused(StartFailure.class, () -> start(data));

        assertTrue(message.contains("daypass.db"), message);
    }
}
