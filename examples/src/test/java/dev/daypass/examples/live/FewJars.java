package dev.daypass.examples.live;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The class path that `daypass run` is started with: our own classes, without the manifest that
/// names all other jars, and the three libraries that a plain run needs.
final class FewJars {
    /// That of all other commands.
    static final String ALL = System.getProperty("java.class.path");

    private static final Pattern OURS =
            Pattern.compile("(.*/)?(server|core)/target/([^/]*\\.jar|classes)");
    private static final Pattern LIBRARIES =
            Pattern.compile("(.*/)?(jackson-core|conscrypt-openjdk-uber)-[0-9][^/]*\\.jar");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private FewJars() {}

    static String classPath() {
        var few = new ArrayList<String>();
        for (String entry : List.of(ALL.split(File.pathSeparator))) {
            if (OURS.matcher(entry).matches()) {
                few.add(
                        entry.endsWith(".jar")
                                ? withoutManifest(Path.of(entry)).toString()
                                : entry);
            } else if (LIBRARIES.matcher(entry).matches()) {
                few.add(entry);
            }
        }
        return String.join(File.pathSeparator, few);
    }

    private static Path withoutManifest(Path jar) {
        try {
            Path copy = Files.createTempFile("daypass-", ".jar");
            copy.toFile().deleteOnExit();
            try (var in = new ZipInputStream(Files.newInputStream(jar));
                    var out = new ZipOutputStream(Files.newOutputStream(copy))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (!entry.getName().equals(MANIFEST)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        in.transferTo(out);
                    }
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
