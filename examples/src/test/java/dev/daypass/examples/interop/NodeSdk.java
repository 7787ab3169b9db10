package dev.daypass.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The SDK for TypeScript, built by the compiler that its lock file names, and scripts that use it
/// as a package.
///
/// @param sources where the SDK is
/// @param clients where the scripts are
record NodeSdk(Path sources, Path clients) {
    private static final String LOCK = "package-lock.json";

    /// @param sources where the SDK is
    /// @param clients where scripts that use it shall be
    static NodeSdk built(Path sources, Path clients) throws IOException {
        link(sources, clients);
        copy(sources.resolve("examples"), clients);
        copy(sources.resolve("../../examples/src/test/node-sdk"), clients);
        return new NodeSdk(sources, clients);
    }

    /// Builds it, and makes it a package of those scripts.
    static void link(Path sources, Path clients) throws IOException {
        Path installed = sources.resolve("node_modules/.package-lock.json");
        if (!Files.exists(installed)
                || Files.getLastModifiedTime(installed)
                                .compareTo(Files.getLastModifiedTime(sources.resolve(LOCK)))
                        < 0) {
            new Command(sources).run(List.of("npm", "ci", "--no-audit", "--no-fund")).good();
        }
        new Command(sources).run(List.of("npm", "run", "build")).good();
        Path modules = Files.createDirectories(clients.resolve("node_modules"));
        Path link = modules.resolve("daypass");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, sources);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// Runs the SDK's own tests.
    void test() {
        new Command(sources).run(List.of("npm", "test")).good();
    }
}
