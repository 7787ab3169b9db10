package dev.daypass.wire;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The canonical form of a JSON value (RFC 8785): members sorted by UTF-16 code units, numbers as
/// ECMAScript writes them, no white space. Equal values have equal bytes, and different whole
/// numbers and strings different ones; a fraction is that of the nearest double.
public final class CanonicalJson {
    // Every whole number of so many digits is exactly a double.
    private static final int EXACT_DIGITS = 15;
    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private CanonicalJson() {}

    /// @throws WireException if a number is beyond the range of a double or a whole number that a
    ///   double would round, or if a string holds a lone surrogate: RFC 8785 has no form for them
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
            case Json.Obj(var members) -> object(members, out);
            case Json.Arr(var items) -> array(items, out);
            case Json.Str(var text) -> string(text, out);
            case Json.Num(var number) -> out.append(number(number));
            case Json.Bool(var truth) -> out.append(truth);
            case Json.Null() -> out.append("null");
        }
    }

    // The order is String.compareTo: UTF-16 code units, which RFC 8785 section 3.2.3 asks for.
    private static void object(Map<String, Json> members, StringBuilder out) {
        var sorted = new ArrayList<>(members.entrySet());
        sorted.sort(Map.Entry.comparingByKey());
        out.append('{');
        String separator = "";
        for (var member : sorted) {
            out.append(separator);
            string(member.getKey(), out);
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

    /// Appends the canonical form of a text.
    ///
    /// @throws WireException as [#bytes(Json)]
    // UTF-8 has no bytes for a lone surrogate; replacing it would give two texts one form.
    public static void string(String text, StringBuilder out) {
        if (Surrogates.loneIn(text)) {
            throw new WireException("string has no canonical form: it holds a lone surrogate");
        }
        JsonWriter.string(text, out);
    }

    private static String number(BigDecimal number) {
        long digits = (long) number.precision() - number.scale();
        if (number.scale() == 0 && digits <= EXACT_DIGITS) {
            return number.toString(); // no exponent: ECMAScript writes it alike
        }
        if (number.scale() <= 0 && digits <= EXACT_DIGITS) {
            return number.toBigInteger().toString();
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new WireException("number has no canonical form: beyond the range of a double");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        if (isWhole(number) && shortest.compareTo(number.abs()) != 0) {
            throw new WireException(
                    "number has no canonical form: a whole number that a double would round");
        }
        return (value < 0 ? "-" : "") + ecmaScript(shortest);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    // Double.toString gives two digits where one would do, and then the nearest of two digits:
    // 4.9E-324, where ECMA-262 asks for the fewest digits: 5e-324.
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() == 2) {
            BigDecimal one = digits.round(ONE_DIGIT).stripTrailingZeros();
            return one.doubleValue() == value ? one : digits;
        }
        return digits;
    }

    /// Number::toString of ECMA-262 for a positive number of the fewest digits.
    private static String ecmaScript(BigDecimal shortest) {
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale();
        if (k <= n && n <= 21) {
            return digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return "0." + "0".repeat(-n) + digits;
        }
        String exponent = (n > 0 ? "e+" : "e-") + Math.abs(n - 1);
        return digits.charAt(0) + (k == 1 ? "" : "." + digits.substring(1)) + exponent;
    }
}
