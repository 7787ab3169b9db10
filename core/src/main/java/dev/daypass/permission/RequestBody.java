package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import dev.daypass.wire.WrittenJson;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What is known of a request's body. A body is read only for a permission that bounds a member of
/// it, and then in one way: as one JSON object.
public sealed interface RequestBody {
    /// The longest body that is held and judged, in bytes.
    int BYTES_MAX = JsonLimits.CALL.bytesMax();

    /// What to send where a body cannot be judged.
    String WANTED =
            "send one JSON object as application/json, in UTF-8 and without content-encoding, of at most %d bytes"
                    .formatted(BYTES_MAX);

    /// Not looked at.
    record Unread() implements RequestBody {}

    /// The members of an object.
    ///
    /// @param members by name
    /// @param in the text, which says how numbers are written
    record Members(Map<String, Json> members, WrittenJson in) implements RequestBody {
        /// Of an object that was not read from a text.
        public Members(Map<String, Json> members) {
            this(members, WrittenJson.of(Json.obj(members)));
        }
    }

    /// Nobody can tell what a service would read in it.
    ///
    /// @param why fit to be shown; holds nothing of the body
    record Unreadable(String why) implements RequestBody {}

    /// Reads a whole body.
    static RequestBody parse(byte[] body) {
        if (body.length > BYTES_MAX) {
            return new Unreadable("the body is longer than %d bytes".formatted(BYTES_MAX));
        }
        try {
            WrittenJson json = WrittenJson.parse(body, JsonLimits.CALL);
            if (!(json.value() instanceof Json.Obj(var members))) {
                return new Unreadable("the body is json, but not an object");
            }
            return of(members, json);
        } catch (WireException e) {
            // What follows the colon may quote the body.
            return new Unreadable(
                    "the body cannot be read in one way only (no name may stand twice): "
                            + String.valueOf(e.getMessage()).split(":", 2)[0]);
        }
    }

    /// The members of an object that is part of a text.
    ///
    /// @param in the text, which says how numbers are written
    static Members of(Map<String, Json> members, WrittenJson in) {
        return new Members(members, in);
    }

    /// Of a request without a body: an object without members.
    static Members none() {
        return new Members(Map.of());
    }

    /// Why a body that is announced so cannot be judged; empty if it can.
    ///
    /// @param fields the header fields' names and values, in order
    static String objection(Iterable<Map.Entry<String, String>> fields) {
        var types = new ArrayList<String>();
        for (Map.Entry<String, String> field : fields) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            String folded = name.replace('_', '-');
            if (Announced.CHANGES_THE_BODY.contains(folded)) {
                return "a body with `%s` is not read".formatted(folded);
            }
            if (folded.equals("content-type")) {
                types.add(name.equals(folded) ? field.getValue() : "");
            }
        }
        return types.size() == 1 && Announced.isJson(types.getFirst())
                ? ""
                : "a body that is not application/json is not read";
    }

    /// How a body is announced.
    final class Announced {
        private static final Set<String> CHANGES_THE_BODY =
                Set.of("content-encoding", "content-transfer-encoding", "content-range");

        private Announced() {}

        // RFC 8259, section 11 defines no parameter; many clients send this one.
        private static boolean isJson(String type) {
            String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
            return parts[0].strip().equals("application/json")
                    && (parts.length == 1
                            || (parts.length == 2
                                    && Set.of("charset=utf-8", "charset=\"utf-8\"")
                                            .contains(parts[1].strip())));
        }
    }
}
