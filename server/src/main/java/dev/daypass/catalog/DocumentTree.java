package dev.daypass.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A document's bytes as a tree, JSON or YAML 1.2: UTF-8 only, at most 64 MiB, 200 levels and
/// 2,000,000 values; no repeated member.
final class DocumentTree {
    static final int BYTES_MAX = 64 * 1024 * 1024;
    static final int DEPTH_MAX = 200;
    static final int VALUES_MAX = 2_000_000;
    static final int STRING_CHARS_MAX = 8 * 1024 * 1024;
    static final int NUMBER_CHARS_MAX = 100;

    private DocumentTree() {}

    /// @throws WireException if it is not such a document, or its root is not an object
    static ObjectNode read(String source, byte[] document) {
        if (document.length > BYTES_MAX) {
            throw new WireException(
                    "%s: document of %d bytes is too long; permitted: %d"
                            .formatted(source, document.length, BYTES_MAX));
        }
        String text = utf8(source, document);
        JsonNode root = json(text) ? readJson(source, text) : new YamlTree(source).read(text);
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw new WireException(
                source
                        + ": not an openapi document; expected an object with `openapi: 3.0.x` or `3.1.x`");
    }

    private static String utf8(String source, byte[] document) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(document))
                            .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new WireException(source + ": not utf-8; expected json or yaml in utf-8");
        }
    }

    private static boolean json(String text) {
        String start = text.substring(0, Math.min(text.length(), 1_024)).stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static JsonNode readJson(String source, String text) {
        ObjectMapper mapper = mapper();
        try (JsonParser parser = mapper.createParser(text)) {
            JsonNode root = mapper.readTree(parser);
            if (parser.nextToken() != null) {
                throw new WireException(source + ": json goes on after its value");
            }
            return root;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new WireException(
                    "%s%s: malformed json: %s"
                            .formatted(
                                    source,
                                    at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr(),
                                    PlainText.clip(e.getOriginalMessage().split("\n", 2)[0], 200)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A value is at most three tokens: a member's name, the value's start and its end.
    private static ObjectMapper mapper() {
        var constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxTokenCount(3L * VALUES_MAX)
                        .maxStringLength(STRING_CHARS_MAX)
                        .maxNumberLength(NUMBER_CHARS_MAX)
                        .build();
        var factory =
                JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        return JsonMapper.builder(factory).build();
    }
}
