package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The SDKs in programs under `daypass run`, which have no identity: what they open lies below the
/// run's account. Needs `python3`, `node` and `npm` on the path.
class SdkUnderRunTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private static final Path SDK = BASE.resolveSibling("sdk").normalize();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String TASK =
            "find the cheapest flight from New York to London, and list the flights";

    @TempDir Path directory;
    private Installation installation;

    @BeforeEach
    void installation() throws IOException {
        installation = Installation.in(directory).withFlights();
    }

    @AfterEach
    void close() {
        installation.close();
    }

    /// Under `daypass run`, with a home where nothing is.
    private Command.Outcome run(Path where, String... program) throws IOException {
        var words =
                new ArrayList<>(
                        List.of(
                                JAVA,
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "run",
                                "--lease=60s",
                                "--task",
                                TASK,
                                "--"));
        words.addAll(List.of(program));
        return new Command(where)
                .with("HOME", Files.createDirectories(directory.resolve("empty")).toString())
                .with("DAYPASS_IDENTITY", installation.agent("buybot").toString())
                .with("PYTHONPATH", SDK.resolve("python/src").toString())
                .with("PYTHONDONTWRITEBYTECODE", "1")
                .run(words);
    }

    @Test
    void the_quick_starts_run_as_they_are_without_an_identity() throws IOException {
        NodeSdk node = NodeSdk.built(SDK.resolve("typescript"), BASE.resolve("target/node-sdk"));
        for (Command.Outcome outcome :
                List.of(
                        run(directory, "python3", python("quickstart.py")),
                        run(directory, "python3", python("quickstart_async.py")),
                        run(node.clients(), "node", "quickstart.mjs"),
                        run(
                                directory,
                                JAVA,
                                "-Duser.home=" + directory.resolve("empty"),
                                "-cp",
                                SDK.resolve("java/target/classes").toString(),
                                SDK.resolve("java/examples/Quickstart.java").toString()))) {
            String printed = outcome.good();
            assertTrue(printed.contains("of-nyc-lon-"), printed);
        }
    }

    private static String python(String script) {
        return SDK.resolve("python/examples").resolve(script).toString();
    }

    @Test
    void what_a_program_opens_is_below_the_run_and_holds_no_token() throws IOException {
        Command.Outcome outcome =
                run(directory, "python3", BASE.resolve("src/test/python/under_run.py").toString());

        outcome.good();
        assertTrue(outcome.err().contains("\nOK\n"), outcome.err());
        assertFalse(outcome.err().contains("skipped"), outcome.err());
    }
}
