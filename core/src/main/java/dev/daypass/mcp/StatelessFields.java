package dev.daypass.mcp;

import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The header fields that repeat parts of a request (revision 2026-07-28, Streamable HTTP, Standard
/// Request Headers). They decide nothing here: each must say what the body says, and those that are
/// sent on are made of the body.
public final class StatelessFields {
    public static final String METHOD = "mcp-method";
    public static final String NAME = "mcp-name";
    public static final String VERSION = "mcp-protocol-version";
    public static final String PARAM = "mcp-param-";

    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    private StatelessFields() {}

    /// The fields that go with a request.
    ///
    /// @param params the fields that a tool's arguments are repeated in, each with the path to its
    ///   argument
    public static Map<String, String> of(Message.Request request, Map<String, String> params) {
        var out = new LinkedHashMap<String, String>();
        out.put(VERSION, Stateless.VERSION);
        out.put(METHOD, request.method());
        String name = name(request);
        if (name != null) {
            out.put(NAME, encoded(name));
        }
        params.forEach((field, path) -> {
            String value = argument(request, path);
            if (value != null) {
                out.put(PARAM + field, encoded(value));
            }
        });
        return out;
    }

    /// Why the fields that came with a request are not those of its body; empty if they are.
    ///
    /// @param given the values of a field, by its name in small letters
    public static String objection(
            Message.Request request,
            Map<String, String> params,
            Function<String, List<String>> given,
            Iterable<String> names) {
        Map<String, String> expected = of(request, params);
        for (Map.Entry<String, String> field : expected.entrySet()) {
            List<String> values = given.apply(field.getKey());
            if (values.size() != 1) {
                return "`%s` must be given once".formatted(field.getKey());
            }
            String said = decoded(values.getFirst());
            if (said == null || !said.equals(decoded(field.getValue()))) {
                return "`%s` does not say what the body says".formatted(field.getKey());
            }
        }
        for (String name : names) {
            boolean repeats = name.equals(NAME) || name.startsWith(PARAM);
            if (repeats && !expected.containsKey(name)) {
                return "`%s` repeats nothing of the body".formatted(name);
            }
        }
        return "";
    }

    private static @Nullable String name(Message.Request request) {
        String member =
                switch (request.method()) {
                    case "tools/call", "prompts/get" -> "name";
                    case "resources/read" -> "uri";
                    default -> "";
                };
        return text(request.params().members().get(member));
    }

    private static @Nullable String argument(Message.Request request, String path) {
        Json at = request.params().members().get("arguments");
        for (String step : path.split("/", -1)) {
            at = at instanceof Json.Obj(var members) ? members.get(step) : null;
        }
        return text(at);
    }

    private static @Nullable String text(@Nullable Json value) {
        return switch (value) {
            case Json.Str(var text) -> text;
            case Json.Num number -> CanonicalJson.text(number);
            case Json.Bool(var truth) -> String.valueOf(truth);
            case null -> null;
            case Json _ -> null;
        };
    }

    // What a field cannot carry, or what looks encoded already, is encoded.
    private static String encoded(String value) {
        boolean plain =
                !value.isEmpty()
                        && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                        && value.equals(value.strip())
                        && !value.startsWith(ENCODED);
        return plain
                ? value
                : ENCODED
                        + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                        + ENCODED_END;
    }

    // What cannot be decoded, or holds what no field may, says nothing.
    private static @Nullable String decoded(String value) {
        if (value.chars().anyMatch(c -> c < 0x20 || c >= 0x7f)) {
            return null;
        }
        if (!value.startsWith(ENCODED) || !value.endsWith(ENCODED_END)) {
            return value;
        }
        try {
            String inner = value.substring(ENCODED.length(), value.length() - ENCODED_END.length());
            byte[] bytes = Base64.getDecoder().decode(inner);
            // One text has one encoding: with its padding, and without bits that say nothing.
            return Base64.getEncoder().encodeToString(bytes).equals(inner)
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return null;
        }
    }
}
