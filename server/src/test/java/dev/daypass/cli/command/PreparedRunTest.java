package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The `daypass` script starts `daypass run` with what was prepared when building, where that fits.
class PreparedRunTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", "."), "..", "daypass").normalize();
    private static final String JAVA =
            """
            #!/usr/bin/env bash
            case $1 in @*) echo prepared ;; *) echo whole ;; esac
            """;
    private static final Instant BUILT = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir Path home;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aBuildAndWhatWasPrepared() throws IOException {
        Files.copy(SCRIPT, home.resolve("daypass"));
        file("bench/target/built", "", BUILT);
        file("server/target/daypass-server-0.1.0.jar", "", BUILT);
        file("server/target/run/daypass-run.aot", "", BUILT.plusSeconds(9));
        file("server/target/run/options", "", BUILT);
        file("server/target/run/java", "%s/bin/java\n%s\n".formatted(jdk("jdk"), home), BUILT);
        environment.put("JAVA_HOME", jdk("jdk").toString());
    }

    @Test
    void a_program_is_started_with_what_was_prepared() throws Exception {
        assertEquals("prepared\n", said("run"));
        environment.put("JAVA_HOME", "");
        assertEquals("prepared\n", said("run"));
        assertEquals("whole\n", saidBy(jdk("jdk"), "version"));
    }

    @Test
    void without_a_cache_nothing_prepared_is_used() throws Exception {
        Files.delete(home.resolve("server/target/run/daypass-run.aot"));

        assertEquals("whole\n", said("run"));
    }

    @Test
    void what_was_prepared_of_an_older_build_or_for_another_jdk_is_not_used() throws Exception {
        assertEquals("whole\n", saidBy(jdk("other"), "run"));
        file("server/target/daypass-server-0.1.0.jar", "", BUILT.plusSeconds(99));
        assertEquals("whole\n", saidBy(jdk("jdk"), "run"));
    }

    @Test
    void what_was_prepared_elsewhere_is_not_used() throws Exception {
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        for (String place : new String[] {elsewhere.toString(), home + "/gone", ""}) {
            file("server/target/run/java", "%s/bin/java\n%s\n".formatted(jdk("jdk"), place), BUILT);

            assertEquals("whole\n", said("run"), place);
        }
        file("server/target/run/java", jdk("jdk") + "/bin/java\n", BUILT);
        assertEquals("whole\n", said("run"), "it was not prepared to the end");
    }

    @Test
    void who_wants_a_process_of_its_own_gets_nothing_prepared() throws Exception {
        environment.put("DAYPASS_OWN_PROCESS", "1");

        assertEquals("whole\n", said("run"));
    }

    private String saidBy(Path jdk, String command) throws Exception {
        environment.put("JAVA_HOME", jdk.toString());
        return said(command);
    }

    private String said(String command) throws Exception {
        var builder =
                new ProcessBuilder(
                                "bash",
                                home.resolve("daypass").toString(),
                                command,
                                "--task",
                                "x",
                                "--",
                                "true")
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    private Path jdk(String name) throws IOException {
        Path jdk = home.resolve(name);
        file(name + "/release", "JAVA_VERSION=\"25.0.3\"\n", BUILT);
        for (String program : new String[] {"java", "javac"}) {
            file(name + "/bin/" + program, JAVA, BUILT);
            Files.setPosixFilePermissions(
                    jdk.resolve("bin").resolve(program),
                    PosixFilePermissions.fromString("rwx------"));
        }
        return jdk;
    }

    private void file(String name, String text, Instant modified) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
