package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The clients for Node.js, with their packages, below `target`. Packages are fetched once, exactly
/// those that the lock file names.
public final class NodeClients {
    private static final int NODE_MAJOR_MIN = 20;
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final String LOCK = "package-lock.json";
    private static final Path INSTALLED = Path.of("node_modules", ".package-lock.json");

    private final Path directory;

    private NodeClients(Path directory) {
        this.directory = directory;
    }

    static NodeClients installed() throws IOException {
        return installed("node");
    }

    /// @param name of the folder in `src/test`
    public static NodeClients installed(String name) throws IOException {
        return installed(
                name, BASE.resolve("src/test").resolve(name), BASE.resolve("src/test/node-shared"));
    }

    /// An example for a framework with the scripts that try it, and our SDK beside its packages.
    ///
    /// @param name of the folder in `frameworks`
    public static NodeClients framework(String name) throws IOException {
        NodeClients clients =
                installed(
                        "framework-" + name,
                        BASE.resolve("frameworks").resolve(name),
                        BASE.resolve("src/test/node-frameworks"));
        NodeSdk.link(BASE.toAbsolutePath().resolveSibling("sdk/typescript"), clients.directory);
        return clients;
    }

    private static NodeClients installed(String name, Path packages, Path more) throws IOException {
        Path directory =
                Files.createDirectories(BASE.resolve("target").resolve(name).toAbsolutePath());
        requireNode(directory);
        boolean fresh =
                Files.exists(directory.resolve(INSTALLED))
                        && Files.exists(directory.resolve(LOCK))
                        && Files.mismatch(packages.resolve(LOCK), directory.resolve(LOCK)) < 0;
        copy(more, directory);
        copy(packages, directory);
        if (!fresh) {
            install(directory);
        }
        return new NodeClients(directory);
    }

    private static void copy(Path sources, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        directory.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void install(Path directory) throws IOException {
        Command.Outcome npm =
                new Command(directory).run(List.of("npm", "ci", "--no-audit", "--no-fund"));
        if (npm.status() != 0) {
            // Or the next run would take the copied lock file for a finished installation.
            Files.delete(directory.resolve(LOCK));
            fail("npm could not install the packages of the tests: " + npm.out() + npm.err());
        }
    }

    private static void requireNode(Path directory) {
        String version = new Command(directory).run(List.of("node", "--version")).good().strip();
        Matcher major = Pattern.compile("v(\\d+)\\..*").matcher(version);
        assertTrue(
                major.matches() && Integer.parseInt(major.group(1)) >= NODE_MAJOR_MIN,
                () ->
                        "the tests need Node.js %d or newer; this is %s (docs/testing.md)"
                                .formatted(NODE_MAJOR_MIN, version));
    }

    /// Where the packages are.
    public Path directory() {
        return directory;
    }

    /// Runs a script.
    ///
    /// @param authority file of the certificate that it trusts
    /// @param input for its standard input
    /// @return what it wrote
    public String run(String script, Path authority, String input) {
        return new Command(directory)
                .with("NODE_EXTRA_CA_CERTS", authority.toString())
                .run(List.of("node", script), input)
                .good();
    }

    /// Runs a script whose cases are of `node:test`, none of which may fail.
    ///
    /// @param home of the user who runs it
    /// @param input for its standard input
    public void test(String script, Path home, String input) {
        String cases =
                new Command(directory)
                        .with("HOME", home.toString())
                        .run(List.of("node", "--test-reporter=tap", script), input)
                        .good();
        assertTrue(cases.contains("\n# fail 0\n") && !cases.contains("\n# pass 0\n"), cases);
    }

    /// Runs all cases against a server.
    String run(Installation installation) {
        return new Command(directory)
                .with(
                        "NODE_EXTRA_CA_CERTS",
                        installation.agent("shopper").resolve("ca.pem").toString())
                .run(List.of("node", "main.mjs"), installation.described().text())
                .good();
    }
}
