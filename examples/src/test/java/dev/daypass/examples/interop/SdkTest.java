package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The SDKs for Python and TypeScript, and all three quick starts, against a running server. Needs
/// `python3` (3.10 or newer, no packages), `node` (20 or newer) and `npm` on the path.
class SdkTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private static final Path SDK = BASE.resolveSibling("sdk").normalize();
    private static final String OFFER = "of-nyc-lon-";

    @TempDir Path directory;
    private Installation installation;
    private Path home;

    @BeforeEach
    void installation() throws IOException {
        installation = Installation.in(directory).withFlights();
        home = Files.createDirectories(directory.resolve("home"));
        Files.createSymbolicLink(
                Files.createDirectories(home.resolve(".daypass")).resolve("identity"),
                installation.agent("buybot"));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    private Command command(Path where) {
        return new Command(where)
                .with("HOME", home.toString())
                .with("PYTHONPATH", SDK.resolve("python/src").toString())
                .with("PYTHONDONTWRITEBYTECODE", "1");
    }

    private String described() {
        return installation.described().text();
    }

    @Test
    void the_python_sdk_passes_its_vectors_and_its_live_cases() {
        Command python = command(directory);

        python.run(
                        List.of(
                                "python3",
                                "-m",
                                "unittest",
                                "discover",
                                "-s",
                                SDK.resolve("python/tests").toString()))
                .good();
        Command.Outcome live =
                python.run(
                        List.of("python3", BASE.resolve("src/test/python/live.py").toString()),
                        described());

        live.good();
        assertTrue(live.err().contains("\nOK\n"), live.err());
    }

    @Test
    void the_quick_starts_in_python_print_an_offer() {
        Command python = command(directory);
        for (String script : List.of("quickstart.py", "quickstart_async.py")) {
            String printed =
                    python.run(
                                    List.of(
                                            "python3",
                                            SDK.resolve("python/examples")
                                                    .resolve(script)
                                                    .toString()))
                            .good();

            assertTrue(printed.contains(OFFER), printed);
        }
    }

    @Test
    void the_typescript_sdk_passes_its_vectors_its_live_cases_and_its_quick_start()
            throws IOException {
        NodeSdk sdk = NodeSdk.built(SDK.resolve("typescript"), BASE.resolve("target/node-sdk"));
        Command node = command(sdk.clients());

        sdk.test();
        String live =
                node.run(List.of("node", "--test-reporter=tap", "live.mjs"), described()).good();
        String printed = node.run(List.of("node", "quickstart.mjs")).good();

        assertTrue(live.contains("\n# fail 0\n"), live);
        assertFalse(live.contains("\n# pass 0\n"), live);
        assertTrue(printed.contains(OFFER), printed);
    }

    @Test
    void the_quick_start_in_java_prints_an_offer() {
        String printed =
                command(directory)
                        .run(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Duser.home=" + home,
                                        "-cp",
                                        SDK.resolve("java/target/classes").toString(),
                                        SDK.resolve("java/examples/Quickstart.java").toString()))
                        .good();

        assertTrue(printed.contains(OFFER), printed);
    }
}
