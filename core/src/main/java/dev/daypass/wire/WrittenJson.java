package dev.daypass.wire;

import java.util.IdentityHashMap;
import java.util.Map;

/// A JSON text whose numbers are known as they were written: `1`, `1.0` and `1e0` are one number
/// and three texts.
public final class WrittenJson {
    private final Json value;
    private final Map<Json.Num, String> numbers;

    private WrittenJson(Json value, Map<Json.Num, String> numbers) {
        this.value = value;
        this.numbers = numbers;
    }

    /// @throws WireException as [Json#parse(byte\[\], JsonLimits)]
    public static WrittenJson parse(byte[] utf8, JsonLimits limits) {
        // By identity: equal numbers may be written differently.
        var numbers = new IdentityHashMap<Json.Num, String>();
        Json value = JsonReader.read(utf8, limits, numbers::put);
        return new WrittenJson(value, numbers);
    }

    /// A value that was not read from a text: its numbers are as they would be written.
    public static WrittenJson of(Json value) {
        return new WrittenJson(value, Map.of());
    }

    public Json value() {
        return value;
    }

    /// How a number of this text is written.
    public String written(Json.Num number) {
        String text = numbers.get(number);
        return text == null ? number.text() : text;
    }
}
