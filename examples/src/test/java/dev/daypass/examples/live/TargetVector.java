package dev.daypass.examples.live;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One line of `spec/vectors/paths`.
///
/// @param name what it is about
/// @param target of a request
/// @param canonical what arrives at the service; empty where the request is refused
record TargetVector(String name, String target, String canonical) {
    private static final Path VECTORS = Path.of("..", "spec", "vectors", "paths");

    static List<TargetVector> all() throws IOException {
        var out = new ArrayList<TargetVector>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.sorted().toList()) {
                for (Json item :
                        JsonFields.of(Json.parse(Files.readString(file))).items("vectors")) {
                    JsonFields vector = JsonFields.of(item);
                    String canonical = vector.stringOrNull("canonical");
                    out.add(
                            new TargetVector(
                                    vector.string("name"),
                                    vector.string("target"),
                                    canonical == null ? "" : canonical));
                }
            }
        }
        return out;
    }
}
