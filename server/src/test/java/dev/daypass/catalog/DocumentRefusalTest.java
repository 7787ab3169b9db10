package dev.daypass.catalog;

import static dev.daypass.catalog.Documents.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DocumentRefusalTest {
    private static final String HEAD = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

    @Test
    void swagger_2_is_refused_in_one_line() {
        assertEquals(
                "doc: swagger `2.0`; expected `openapi: 3.0.x` or `3.1.x`",
                refusal("{\"swagger\": \"2.0\", \"paths\": {}}"));
    }

    @Test
    void a_version_to_come_is_refused() {
        assertEquals(
                "doc: openapi `3.2.0`; expected `openapi: 3.0.x` or `3.1.x`",
                refusal("openapi: 3.2.0\npaths: {}"));
        assertEquals(
                "doc: openapi `4`; expected `openapi: 3.0.x` or `3.1.x`",
                refusal("openapi: 4\npaths: {}"));
    }

    @Test
    void what_is_not_openapi_is_refused() {
        String expected = "not an openapi document; expected";
        assertTrue(refusal("{\"name\": \"x\"}").contains(expected));
        assertTrue(refusal("[1, 2]").contains(expected));
        assertTrue(refusal("just some words").contains(expected));
        assertTrue(refusal("<html><body>no</body></html>").contains(expected));
        assertEquals("doc: is empty; expected an openapi document", refusal(""));
        assertEquals("doc: has no `paths`; expected an object of paths", refusal("openapi: 3.0.3"));
        assertEquals(
                "doc: has no `paths`; expected an object of paths",
                refusal("{\"openapi\": \"3.0.3\", \"paths\": []}"));
    }

    @Test
    void malformed_text_is_refused_with_its_place() {
        assertTrue(refusal("{\"openapi\": \"3.0.3\",\n \"paths\": }").startsWith("doc:2:"));
        assertTrue(refusal("openapi: 3.0.3\npaths: [").startsWith("doc:2:"), refusal("a: ["));
        assertEquals("doc: json goes on after its value", refusal("{\"a\": 1} {\"b\": 2}"));
        assertTrue(refusal("a: 1\n---\nb: 2").startsWith("doc:2:1: a second document begins"));
        assertTrue(refusal("a: *b").startsWith("doc:1:4: alias `b`"));
        for (String value : java.util.List.of("{}", "[]", "x")) {
            assertEquals("doc:1:4: tag `!java` is not permitted", refusal("a: !java " + value));
        }
        assertTrue(refusal("? [a]\n: b").startsWith("doc:1:3: a key is not plain text"));
        assertTrue(refusal("<<: 1").contains("`<<` takes a mapping"));
    }

    @Test
    void a_member_given_twice_is_refused() {
        assertTrue(
                refusal("{\"openapi\": \"3.0.3\", \"openapi\": \"3.1.0\"}").contains("Duplicate"));
        assertEquals(
                "doc:2:1: key `openapi` is given twice", refusal("openapi: 3.0.3\nopenapi: 3.1.0"));
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] utf16 = "{\"openapi\": \"3.0.3\"}".getBytes(StandardCharsets.UTF_16);
        assertEquals("doc: not utf-8; expected json or yaml in utf-8", refusal(utf16));
    }

    @Test
    void a_document_of_more_than_64_mib_is_refused() {
        assertEquals(
                "doc: document of 67108865 bytes is too long; permitted: 67108864",
                refusal(new byte[64 * 1024 * 1024 + 1]));
    }

    @Test
    void a_document_that_is_too_deep_is_refused() {
        assertTrue(refusal("[".repeat(100_000)).contains("depth"), refusal("[".repeat(100_000)));
        assertTrue(refusal("a: " + "[".repeat(100_000)).contains("nested deeper than 200 levels"));
        assertTrue(refusal("- ".repeat(5_000) + "x").contains("nested deeper than 200 levels"));
    }

    @Test
    void aliases_that_multiply_are_refused() {
        String bomb =
                "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
                        + IntStream.range(1, 12)
                                .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, alias(i - 1)))
                                .collect(Collectors.joining());
        assertTrue(refusal(HEAD + bomb).contains("more than 2000000 values"));
        assertTrue(refusal("a: &a [*a]").contains("alias `a` stands for nothing that is complete"));
        String merges =
                "a0: &a0 {k: [x,x,x,x,x,x,x,x,x,x]}\n"
                        + IntStream.range(1, 12)
                                .mapToObj(i ->
                                        "a%d: &a%d {<<: [%s], k%d: [%s]}\n"
                                                .formatted(i, i, alias(i - 1), i, alias(i - 1)))
                                .collect(Collectors.joining());
        assertTrue(refusal(HEAD + merges).contains("more than 2000000 values"));
    }

    private static String alias(int n) {
        return "*a%d,".formatted(n).repeat(10).replaceAll(",$", "");
    }

    @Test
    void more_than_5000_operations_are_refused() {
        assertEquals(5_000, Documents.paths(paths(5_000)).operations().size());
        assertEquals(
                "doc: the document describes more than 5000 operations",
                refusal(HEAD + "paths:\n" + paths(5_001).indent(2)));
    }

    private static String paths(int count) {
        return IntStream.range(0, count)
                .mapToObj("/p%d: {get: {}}\n"::formatted)
                .collect(Collectors.joining());
    }

    @Test
    void parameters_that_multiply_are_refused() {
        String values =
                IntStream.range(0, 900)
                        .mapToObj(i -> "%d%s".formatted(i, "v".repeat(60)))
                        .collect(Collectors.joining(","));
        String list =
                IntStream.range(0, 40)
                        .mapToObj("{name: q%d, in: query, schema: {$ref: '#/s'}}"::formatted)
                        .collect(Collectors.joining(","));
        String paths =
                IntStream.range(0, 40)
                        .mapToObj("  /p%d: {get: {parameters: *all}}\n"::formatted)
                        .collect(Collectors.joining());
        String document =
                HEAD + "s: {enum: [" + values + "]}\nall: &all [" + list + "]\npaths:\n" + paths;
        assertEquals(
                "doc: the document describes more than 33554432 characters of parameters",
                refusal(document));
    }

    @Test
    void schemas_that_multiply_are_refused() {
        String levels =
                IntStream.range(0, 10)
                        .mapToObj(i ->
                                "s%d: {oneOf: [%s]}\n"
                                        .formatted(
                                                i, "{$ref: '#/s%d'},".formatted(i + 1).repeat(9)))
                        .collect(Collectors.joining());
        String path =
                "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {$ref: '#/s0'}}]}}}";
        assertEquals(
                "doc: the document's references and schemas multiply beyond 2000000",
                refusal(HEAD + levels + "s10: {const: x}\n" + path));
    }
}
