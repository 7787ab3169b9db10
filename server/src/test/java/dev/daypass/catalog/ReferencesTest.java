package dev.daypass.catalog;

import static dev.daypass.catalog.Documents.operation;
import static dev.daypass.catalog.Documents.skipped;
import static dev.daypass.catalog.Documents.slots;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferencesTest {
    @Test
    void a_reference_may_point_anywhere_in_the_document() {
        var imported =
                Documents.paths(
                        """
                        /first:
                          get:
                            parameters:
                              - {name: a, in: query, schema: {type: integer}}
                        /a~b:
                          get:
                            parameters:
                              - $ref: '#/paths/~1first/get/parameters/0'
                        /c:
                          get:
                            parameters:
                              - {name: b, in: query, schema: {$ref: '#/paths/~1first/get/parameters/0/schema'}}
                        /d:
                          $ref: '#/paths/%2Fa~0b'
                        """
                                .replace("%2F", "~1"));
        assertEquals(List.of("query.a"), slots(operation(imported, "get_a_b")));
        assertEquals("integer", operation(imported, "get_c").parameters().getFirst().type());
        assertEquals(List.of("query.a"), slots(operation(imported, "get_d")));
        assertEquals(List.of(), skipped(imported));
    }

    @Test
    void a_circle_is_noted_and_the_rest_is_read() {
        var imported =
                Documents.read(
                        """
                        openapi: 3.1.0
                        paths:
                          /a: {$ref: '#/components/pathItems/A'}
                          /b:
                            post:
                              parameters:
                                - $ref: '#/components/parameters/P'
                                - {name: q, in: query, schema: {$ref: '#/components/schemas/S'}}
                                - {name: r, in: query, schema: {oneOf: [{$ref: '#/components/schemas/T'}]}}
                              requestBody:
                                content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}
                        components:
                          pathItems: {A: {$ref: '#/components/pathItems/A'}}
                          parameters:
                            P: {$ref: '#/components/parameters/Q'}
                            Q: {$ref: '#/components/parameters/P'}
                          schemas:
                            S: {$ref: '#/components/schemas/S'}
                            T:
                              allOf: [{$ref: '#/components/schemas/T'}]
                              oneOf: [{$ref: '#/components/schemas/T'}]
                              properties: {t: {$ref: '#/components/schemas/T'}}
                        """);
        assertEquals(List.of("query.r", "body.t"), slots(operation(imported, "post_b")));
        String circle = "`$ref` leads in a circle or through more than 32 others";
        assertEquals(
                List.of(
                        "/a: " + circle,
                        "POST /b parameters[0]: " + circle,
                        "POST /b query.q: " + circle),
                skipped(imported));
    }

    @Test
    void what_a_reference_outside_would_have_given_is_left_out() {
        var imported =
                Documents.paths(
                        """
                        /a: {$ref: 'paths.yaml#/a'}
                        /b:
                          post:
                            parameters:
                              - $ref: 'https://example.com/parameters.json'
                              - {name: q, in: query, schema: {$ref: 'file:///etc/passwd'}}
                              - {name: kept, in: query}
                            requestBody: {$ref: '//example.com/body'}
                        /c:
                          post:
                            requestBody:
                              content:
                                application/json:
                                  schema:
                                    allOf: [{$ref: './x.yaml'}]
                                    properties:
                                      y: {$ref: 'other.json#/y'}
                                      z: {$ref: '#/nowhere'}
                                      w: {type: string}
                        """);
        assertEquals(List.of("post_b", "post_c"), Documents.names(imported));
        assertEquals(List.of("query.kept"), slots(operation(imported, "post_b")));
        assertEquals(List.of("body.w"), slots(operation(imported, "post_c")));
        assertEquals(
                List.of(
                        "/a: `$ref` `paths.yaml#/a` leads out of the document; only `#/…` is followed",
                        "POST /b parameters[0]: `$ref` `https://example.com/parameters.json` leads out of the document; only `#/…` is followed",
                        "POST /b query.q: `$ref` `file:///etc/passwd` leads out of the document; only `#/…` is followed",
                        "POST /b body: `$ref` `//example.com/body` leads out of the document; only `#/…` is followed",
                        "POST /c body: `$ref` `./x.yaml` leads out of the document; only `#/…` is followed",
                        "POST /c body.y: `$ref` `./other.json#/y` leads out of the document; only `#/…` is followed",
                        "POST /c body.z: `$ref` `#/nowhere` leads to nothing in this document"),
                skipped(imported));
    }

    @Test
    void no_address_and_no_file_is_ever_opened(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("q.yaml"), "{name: q, in: query}");
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:%d/x.yaml".formatted(server.getLocalPort());
            for (String version : List.of("3.0.3", "3.1.0")) {
                for (String target : List.of(url, url + "#/a", file.toUri() + "", file + "")) {
                    var imported = Documents.read(everywhere(version, target));
                    assertEquals(List.of(), slots(operation(imported, "post_b")));
                }
            }
            server.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, server::accept);
        }
    }

    private static String everywhere(String version, String target) {
        return """
        openapi: V
        $schema: T
        jsonSchemaDialect: T
        paths:
          /a: {$ref: T}
          /b:
            $id: T
            post:
              parameters:
                - $ref: T
                - {name: q, in: query, schema: {$ref: T, $id: T, $schema: T, $dynamicRef: T}}
                - {name: r, in: query, schema: {allOf: [{$ref: T}]}, examples: {e: {externalValue: T}}}
              requestBody:
                content:
                  application/json:
                    schema: {$ref: T, $schema: T}
                    examples: {e: {$ref: T}, f: {externalValue: T}}
              externalDocs: {url: T}
              responses: {'200': {$ref: T}}
        """
                .replace("openapi: V", "openapi: " + version)
                .replace("T}", "'" + target + "'}")
                .replace("T,", "'" + target + "',")
                .replace(": T\n", ": '" + target + "'\n");
    }

    @Test
    void a_malformed_part_costs_only_that_part() {
        var imported =
                Documents.paths(
                        """
                        /a: 7
                        /b:
                          get: nonsense
                          fetch: {}
                          post:
                            operationId: [1]
                            tags: {a: b}
                            summary: 5
                            parameters:
                              - 3
                              - {in: query}
                              - {name: "", in: query}
                              - {name: "x\\ny", in: query}
                              - {name: no, in: elsewhere}
                              - {name: odd, in: query, schema: [1], required: perhaps}
                              - {name: worse, in: query, schema: {type: [x], items: 4, enum: {a: b}, properties: [1]}}
                            requestBody: {content: [1]}
                          put:
                            parameters: {a: b}
                            requestBody: 4
                        no-slash:
                          get: {}
                        /q?a=b:
                          get: {}
                        """);
        assertEquals(List.of("post_b", "put_b"), Documents.names(imported));
        assertEquals(List.of("query.odd", "query.worse"), slots(operation(imported, "post_b")));
        List<String> where = imported.skipped().stream().map(OpenApiImport.Skipped::where).toList();
        assertEquals(
                List.of(
                        "/a",
                        "GET /b",
                        "/b",
                        "POST /b parameters[0]",
                        "POST /b query.",
                        "POST /b query.",
                        "POST /b query.x y",
                        "POST /b parameters[4]",
                        "POST /b body",
                        "PUT /b parameters",
                        "PUT /b body",
                        "GET no-slash",
                        "GET /q?a=b"),
                where);
    }

    @Test
    void notes_end_before_they_fill_the_memory() {
        String cookies = "{name: c, in: cookie},".repeat(10_050);
        var imported = Documents.paths("/a: {get: {parameters: [" + cookies + "]}}");
        assertEquals(10_001, imported.skipped().size());
        assertTrue(imported.skipped().getLast().why().startsWith("50 more"));
    }
}
