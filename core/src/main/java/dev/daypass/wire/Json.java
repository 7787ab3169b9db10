package dev.daypass.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A JSON value. Immutable; members keep the order they were given in.
public sealed interface Json {
    /// @param members in the order of the text
    record Obj(SequencedMap<String, Json> members) implements Json {
        public Obj {
            members = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }
    }

    /// @param items in order
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /// @param value any text without lone surrogates
    record Str(String value) implements Json {}

    /// @param value as written; equality is that of the number, not of its scale
    record Num(BigDecimal value) implements Json {
        @Override
        public boolean equals(Object other) {
            return other instanceof Num(var that) && value.compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }

    /// @param value true or false
    record Bool(boolean value) implements Json {}

    /// `null`.
    record Null() implements Json {}

    /// Reads one JSON text under the given limits.
    ///
    /// @throws WireException if it is malformed, repeats a member name, is too deep or too long, or
    ///   has trailing bytes
    static Json parse(byte[] utf8, JsonLimits limits) {
        return JsonReader.read(utf8, limits);
    }

    /// Reads one JSON text under [JsonLimits#DEFAULT].
    ///
    /// @throws WireException as [#parse(byte\[\], JsonLimits)], or if `text` holds a lone surrogate
    static Json parse(String text) {
        if (Surrogates.loneIn(text)) {
            throw new WireException("json has a lone surrogate in a string");
        }
        return parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    }

    static Str of(String value) {
        return new Str(value);
    }

    static Num of(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    static Arr array(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /// An array of strings.
    static Arr strings(Iterable<String> items) {
        var out = new java.util.ArrayList<Json>();
        items.forEach(item -> out.add(of(item)));
        return new Arr(out);
    }

    static JsonObjectBuilder object() {
        return new JsonObjectBuilder();
    }

    static Obj obj(Map<String, ? extends Json> members) {
        return new Obj(new LinkedHashMap<>(members));
    }

    /// This value as compact JSON text.
    default String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// This value as compact JSON in UTF-8.
    default byte[] bytes() {
        return JsonWriter.write(this, false);
    }

    /// This value as JSON indented by two spaces.
    default String pretty() {
        return new String(JsonWriter.write(this, true), StandardCharsets.UTF_8);
    }
}
