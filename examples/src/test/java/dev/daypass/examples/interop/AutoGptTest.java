package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The block for AutoGPT against a running server, with a stand-in for what AutoGPT loads it into.
/// Needs `python3` on the path.
class AutoGptTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private static final Path BLOCK = BASE.resolve("autogpt");
    private static final Path SDK = BASE.resolveSibling("sdk/python/src").normalize();

    @TempDir Path directory;

    @Test
    void the_block_calls_services_without_a_key_and_leaves_no_account() throws IOException {
        try (Installation installation = Installation.in(directory).withFlights()) {
            Path home = Files.createDirectories(directory.resolve("home"));
            Files.createSymbolicLink(
                    Files.createDirectories(home.resolve(".daypass")).resolve("identity"),
                    installation.agent("buybot"));
            Command python =
                    new Command(directory)
                            .with("HOME", home.toString())
                            .with("PYTHONDONTWRITEBYTECODE", "1")
                            .with(
                                    "PYTHONPATH",
                                    String.join(
                                            File.pathSeparator,
                                            SDK.toString(),
                                            BLOCK.toString(),
                                            BLOCK.resolve("stand_in").toString()));

            Command.Outcome tests =
                    python.run(
                            List.of("python3", BLOCK.resolve("test_daypass_call.py").toString()),
                            installation.described().text());

            tests.good();
            assertTrue(tests.err().contains("\nOK\n"), tests.err());
        }
    }
}
