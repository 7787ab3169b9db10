package dev.daypass.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;

/// Reads JSON with Jackson's streaming parser, without its leniences.
final class JsonReader {
    private static final int NUMBER_CHARS_MAX = 100;
    private static final int NUMBER_SCALE_MAX = 1_000;
    private static final int NAME_CHARS_MAX = 4_096;
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final JsonParser parser;
    private final BiConsumer<Json.Num, String> numbers;

    private JsonReader(JsonParser parser, BiConsumer<Json.Num, String> numbers) {
        this.parser = parser;
        this.numbers = numbers;
    }

    static Json read(byte[] utf8, JsonLimits limits) {
        return read(utf8, limits, (_, _) -> {});
    }

    /// @param numbers is told of each number how it is written
    static Json read(byte[] utf8, JsonLimits limits, BiConsumer<Json.Num, String> numbers) {
        if (utf8.length > limits.bytesMax()) {
            throw new WireException(
                    "json of %d bytes is too long; permitted: %d"
                            .formatted(utf8.length, limits.bytesMax()));
        }
        requireUtf8(utf8);
        try (JsonParser parser = factory(limits).createParser(utf8)) {
            if (parser.nextToken() == null) {
                throw new WireException("json is empty");
            }
            Json value = new JsonReader(parser, numbers).value();
            if (parser.nextToken() != null) {
                throw new WireException("json has trailing bytes after its value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new WireException("malformed json" + where(e) + ": " + reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Jackson guesses UTF-16 and UTF-32 and skips a byte order mark; RFC 8259 section 8.1 leaves
    // only
    // UTF-8 and forbids the mark.
    private static void requireUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException _) {
            throw new WireException("json is not utf-8");
        }
        if (bytes.length >= 2 && (bytes[0] == 0 || bytes[1] == 0)) {
            throw new WireException("json is not utf-8");
        }
        if (bytes.length >= 3 && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2]) {
            throw new WireException("json starts with a byte order mark");
        }
    }

    private static JsonFactory factory(JsonLimits limits) {
        if (limits.equals(JsonLimits.DEFAULT)) {
            return Factories.DEFAULT;
        }
        return limits.equals(JsonLimits.CALL) ? Factories.CALL : Factories.of(limits);
    }

    private Json value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new Json.Str(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new WireException("malformed json");
        };
    }

    private Json.Num number() throws IOException {
        var number = new Json.Num(exact());
        numbers.accept(number, parser.getText());
        return number;
    }

    // RFC 8259 section 6 leaves the range to the reader. Beyond this one, BigDecimal's own
    // arithmetic
    // overflows or takes gigabytes.
    private BigDecimal exact() throws IOException {
        try {
            BigDecimal value = parser.getDecimalValue();
            if (Math.abs((long) value.scale()) <= NUMBER_SCALE_MAX) {
                return value;
            }
        } catch (NumberFormatException _) {
            // reported below: an exponent that does not fit an int
        }
        throw new WireException(
                "json has a number with an exponent beyond %d".formatted(NUMBER_SCALE_MAX));
    }

    private Json object() throws IOException {
        var members = new LinkedHashMap<String, Json>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            members.put(name, value());
        }
        return new Json.Obj(members);
    }

    private Json array() throws IOException {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Json.Arr(items);
    }

    private static String wellFormed(String text) {
        if (Surrogates.loneIn(text)) {
            throw new WireException("json has a lone surrogate in a string");
        }
        return text;
    }

    private static String where(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null
                ? ""
                : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    // The parser's words without its class names.
    private static String reason(JsonProcessingException e) {
        return Shown.clipped(e.getOriginalMessage().replaceAll(", from `[^`]*`", ""), 200);
    }

    private static final class Factories {
        static final JsonFactory DEFAULT = of(JsonLimits.DEFAULT);
        static final JsonFactory CALL = of(JsonLimits.CALL);

        static JsonFactory of(JsonLimits limits) {
            return JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(limits.depthMax())
                                    .maxStringLength(limits.stringCharsMax())
                                    .maxNumberLength(NUMBER_CHARS_MAX)
                                    .maxNameLength(NAME_CHARS_MAX)
                                    .build())
                    .build();
        }
    }
}
