package dev.daypass.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Trait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Documents as other people write them: those in `-Dopenapi.dir=` or in `../shared/data/openapi`
/// beside the repository, and always a large one of our own making.
final class RealDocumentsTest {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<Trait> EFFECTS = EnumSet.of(Trait.READ, Trait.WRITE, Trait.DELETE);

    @TestFactory
    Stream<DynamicTest> every_operation_is_imported_or_noted_and_can_be_stored()
            throws IOException {
        var tests = new ArrayList<DynamicTest>();
        tests.add(test("generated", generated(1_200)));
        for (Path file : found()) {
            tests.add(test(file.getFileName().toString(), Files.readAllBytes(file)));
        }
        return tests.stream();
    }

    private static DynamicTest test(String name, byte[] document) {
        return DynamicTest.dynamicTest(name, () -> check(name, document));
    }

    private static void check(String name, byte[] document) {
        var imported = OpenApiImport.read(Documents.SERVICE, name, document);

        JsonNode paths = DocumentTree.read(name, document).path("paths");
        long refused =
                imported.skipped().stream()
                        .filter(s -> s.where().matches("[A-Z]+ /\\S*|/\\S*"))
                        .count();
        assertFalse(imported.operations().isEmpty());
        assertEquals(described(paths), imported.operations().size() + refused, name);
        assertEquals(
                imported.operations().size(),
                new HashSet<>(Documents.names(imported)).size(),
                "names repeat");
        for (Operation operation : imported.operations()) {
            assertTrue(
                    operation.traits().stream().anyMatch(EFFECTS::contains),
                    operation.id().toString());
            assertEquals(
                    operation.parameters().size(),
                    new HashSet<>(Documents.slots(operation)).size(),
                    operation.id().toString());
        }
        assertEquals(
                imported.operations(), CatalogJson.read(CatalogJson.write(imported.operations())));
    }

    private static long described(JsonNode paths) {
        long count = 0;
        for (JsonNode item : paths) {
            for (var member : item.properties()) {
                count += METHODS.contains(member.getKey()) ? 1 : 0;
            }
        }
        return count;
    }

    private static List<Path> found() throws IOException {
        String given = System.getProperty("openapi.dir", "");
        Path beside = Path.of("../../shared/data/openapi");
        Path directory = given.isEmpty() ? repositoryRelative(beside) : Path.of(given);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().matches(".*\\.(json|ya?ml)")).sorted().toList();
        }
    }

    // A work tree of the repository may lie one directory deeper than the repository itself.
    private static Path repositoryRelative(Path beside) {
        return Files.isDirectory(beside) ? beside : Path.of("..").resolve(beside);
    }

    private static byte[] generated(int operations) {
        var paths = new StringBuilder();
        for (int i = 0; i < operations / 2; i++) {
            paths.append(
                    """
                      /things%1$d/{id}:
                        parameters:
                          - {name: id, in: path, required: true, schema: {type: integer}}
                          - $ref: '#/components/parameters/Page'
                        get: {operationId: getThing%1$d, tags: [t%1$d]}
                        put:
                          operationId: putThing%1$d
                          requestBody: {$ref: '#/components/requestBodies/Thing'}
                    """
                            .formatted(i));
        }
        String document =
                "openapi: 3.0.3\ninfo: {title: many things, version: '1'}\npaths:\n"
                        + paths
                        + """
                        components:
                          parameters:
                            Page: {name: page, in: query, schema: {type: integer}}
                          requestBodies:
                            Thing:
                              content:
                                application/json: {schema: {$ref: '#/components/schemas/Thing'}}
                          schemas:
                            Thing:
                              type: object
                              properties:
                                name: {type: string}
                                kind: {type: string, enum: [big, small]}
                                next: {$ref: '#/components/schemas/Thing'}
                        """;
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
