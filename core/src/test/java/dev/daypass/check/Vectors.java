package dev.daypass.check;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The vectors under `spec/vectors`: what every implementation accepts, and how it refuses the
/// rest.
public final class Vectors {
    private Vectors() {}

    /// One vector of a file.
    ///
    /// @param name file and name, for messages
    /// @param fields its members
    public record Vector(String name, JsonFields fields) {}

    /// The vectors of one file, or of every file in a directory.
    ///
    /// @param path below `spec/vectors`
    public static List<Vector> of(String path) {
        Path at = Path.of(System.getProperty("basedir", "."), "..", "spec", "vectors", path);
        try (Stream<Path> files = Files.walk(at)) {
            var out = new ArrayList<Vector>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.addAll(read(file));
            }
            if (out.isEmpty()) {
                throw new IllegalStateException("no vectors in " + path);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Vector> read(Path file) throws IOException {
        JsonFields root = JsonFields.of(Json.parse(Files.readAllBytes(file), JsonLimits.DOCUMENT));
        root.string("about");
        List<Json> vectors = root.items("vectors");
        root.end();
        var out = new ArrayList<Vector>();
        for (Json vector : vectors) {
            JsonFields fields = JsonFields.of(vector);
            out.add(new Vector(file.getFileName() + ": " + fields.string("name"), fields));
        }
        return out;
    }
}
