package dev.daypass.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of an `application/x-www-form-urlencoded` body or a query. A parameter without a
/// value counts as absent; a repeated one is refused (RFC 6749, section 3.2), but for `resource`
/// and `audience` (RFC 8707, RFC 8693).
public final class Form {
    private static final int PARAMETERS_MAX = 64;
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");

    private final Map<String, List<String>> values;

    private Form(Map<String, List<String>> values) {
        this.values = values;
    }

    /// @throws MalformedForm if a parameter is repeated or not well encoded UTF-8, or there are
    ///   more than {@value #PARAMETERS_MAX}
    public static Form parse(String encoded) {
        var values = new LinkedHashMap<String, List<String>>();
        String[] parts = encoded.isEmpty() ? new String[0] : encoded.split("&", -1);
        if (parts.length > PARAMETERS_MAX) {
            throw new MalformedForm("more than %d parameters".formatted(PARAMETERS_MAX));
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
            List<String> all = values.computeIfAbsent(name, _ -> new ArrayList<>());
            all.add(value);
            if (all.size() > 1 && !REPEATABLE.contains(name)) {
                throw new MalformedForm("a parameter is given twice");
            }
        }
        return new Form(values);
    }

    // Stricter than the platform's decoder, which takes `%+1` for a byte and puts U+FFFD where
    // there is no UTF-8.
    private static String decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new MalformedForm("what is not printable ASCII must be percent-encoded");
            }
            if (c == '%') {
                bytes.put(hexPair(text, i + 1));
                i += 2;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException _) {
            throw new MalformedForm("parameters must be UTF-8");
        }
    }

    private static byte hexPair(String text, int at) {
        if (at + 2 > text.length()
                || !HexFormat.isHexDigit(text.charAt(at))
                || !HexFormat.isHexDigit(text.charAt(at + 1))) {
            throw new MalformedForm("malformed percent-encoding");
        }
        return (byte) HexFormat.fromHexDigits(text, at, at + 2);
    }

    public @Nullable String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    public String getOr(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).toList();
    }
}
