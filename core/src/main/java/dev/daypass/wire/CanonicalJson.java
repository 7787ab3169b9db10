package dev.daypass.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/// The canonical form of a JSON value (RFC 8785): members sorted by UTF-16 code units, numbers as
/// ECMAScript writes them, no white space. Equal values have equal bytes.
public final class CanonicalJson {
    private CanonicalJson() {}

    /// @throws WireException if a number is not exactly a finite double, which RFC 8785 has no form
    ///   for
    public static byte[] bytes(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /// @throws WireException as [#bytes(Json)]
    public static String text(Json value) {
        var out = new StringBuilder(256);
        write(value, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Obj(var members) -> object(new TreeMap<>(members), out);
            case Json.Arr(var items) -> array(items, out);
            case Json.Str(var text) -> JsonWriter.string(text, out);
            case Json.Num(var number) -> out.append(number(number));
            case Json.Bool(var truth) -> out.append(truth);
            case Json.Null() -> out.append("null");
        }
    }

    // TreeMap's order is String.compareTo: UTF-16 code units, which RFC 8785 section 3.2.3 asks
    // for.
    private static void object(TreeMap<String, Json> members, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (var member : members.entrySet()) {
            out.append(separator);
            JsonWriter.string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void array(List<Json> items, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Json item : items) {
            out.append(separator);
            write(item, out);
            separator = ",";
        }
        out.append(']');
    }

    private static String number(BigDecimal number) {
        if (number.scale() <= 0 && number.precision() - number.scale() <= 15) {
            return number.toBigInteger().toString();
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new WireException("number has no canonical form: beyond the range of a double");
        }
        return ecmaScript(value);
    }

    /// Number::toString of ECMA-262 over the shortest digits that read back as `value`.
    private static String ecmaScript(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (k <= n && n <= 21) {
            return sign + digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return sign + digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return sign + "0." + "0".repeat(-n) + digits;
        }
        String exponent = (n > 0 ? "e+" : "e-") + Math.abs(n - 1);
        return sign + digits.charAt(0) + (k == 1 ? "" : "." + digits.substring(1)) + exponent;
    }
}
