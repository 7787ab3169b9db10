package dev.daypass.mcp;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import dev.daypass.wire.WrittenJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads messages of JSON-RPC 2.0. Whatever two readers might take differently is refused: names
/// that stand twice, members that are not of this protocol, a message that asks and answers at
/// once.
public final class MessageReader {
    /// The longest text of a client, in bytes.
    public static final int CLIENT_BYTES_MAX = 1024 * 1024;

    /// The longest text of a server, in bytes.
    public static final int SERVER_BYTES_MAX = 8 * 1024 * 1024;

    /// The messages of one batch (revision 2025-03-26, Batching).
    public static final int BATCH_MAX = 50;

    static final int ID_CHARS_MAX = 128;

    private static final int DEPTH_MAX = 64;
    private static final BigDecimal ID_MAX = BigDecimal.valueOf((1L << 53) - 1);
    private static final Pattern METHOD = Pattern.compile("[A-Za-z][A-Za-z0-9_./$-]{0,99}");
    private static final Set<String> KNOWN =
            Set.of("jsonrpc", "id", "method", "params", "result", "error");

    private final boolean strict;
    private final JsonLimits limits;

    private MessageReader(boolean strict, int bytesMax) {
        this.strict = strict;
        this.limits = new JsonLimits(bytesMax, DEPTH_MAX, bytesMax);
    }

    /// Refuses members that the protocol does not have.
    public static MessageReader ofClient() {
        return new MessageReader(true, CLIENT_BYTES_MAX);
    }

    /// Leaves members out that the protocol does not have.
    public static MessageReader ofServer() {
        return new MessageReader(false, SERVER_BYTES_MAX);
    }

    /// What a text holds.
    public sealed interface Reading {
        /// @param all at least one
        /// @param batch whether they came as an array
        /// @param written how the numbers in them are written
        record Messages(List<Message> all, boolean batch, WrittenJson written) implements Reading {
            public Messages {
                all = List.copyOf(all);
            }
        }

        /// @param code of JSON-RPC, section 5.1
        /// @param why fit to be shown; quotes nothing
        record Malformed(int code, String why) implements Reading {}
    }

    public Reading read(byte[] utf8) {
        if (utf8.length > limits.bytesMax()) {
            return new Reading.Malformed(
                    RpcCode.INVALID_REQUEST,
                    "the text is longer than %d bytes".formatted(limits.bytesMax()));
        }
        WrittenJson written;
        try {
            written = WrittenJson.parse(utf8, limits);
        } catch (WireException e) {
            // What follows the colon may quote the text.
            return new Reading.Malformed(
                    RpcCode.PARSE_ERROR,
                    "not json that can be read in one way only (no name may stand twice): "
                            + String.valueOf(e.getMessage()).split(":", 2)[0]);
        }
        try {
            return switch (written.value()) {
                case Json.Arr(var items) -> batch(items, written);
                case Json one -> new Reading.Messages(List.of(message(one)), false, written);
            };
        } catch (WireException e) {
            return new Reading.Malformed(RpcCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private Reading batch(List<Json> items, WrittenJson written) {
        if (items.isEmpty() || items.size() > BATCH_MAX) {
            throw new WireException("a batch has 1 to %d messages".formatted(BATCH_MAX));
        }
        var all = new ArrayList<Message>();
        items.forEach(item -> all.add(message(item)));
        return new Reading.Messages(all, true, written);
    }

    private Message message(Json json) {
        if (!(json instanceof Json.Obj(var members))) {
            throw new WireException("a message is a json object");
        }
        if (!(members.get("jsonrpc") instanceof Json.Str(var version))
                || !version.equals(Message.VERSION)) {
            throw new WireException("`jsonrpc` must be \"2.0\"");
        }
        if (strict && !KNOWN.containsAll(members.keySet())) {
            throw new WireException(
                    "a message has no members but `jsonrpc`, `id`, `method`, `params`, `result` and `error`");
        }
        return members.containsKey("method") ? asking(members) : reply(members);
    }

    private static Message asking(Map<String, Json> members) {
        if (members.containsKey("result") || members.containsKey("error")) {
            throw new WireException("a message asks or answers, not both");
        }
        if (!(members.get("method") instanceof Json.Str(var method))
                || !METHOD.matcher(method).matches()) {
            throw new WireException("`method` must be 1 to 100 letters, digits and any of `_./$-`");
        }
        Json.Obj params = params(members.get("params"));
        return members.containsKey("id")
                ? new Message.Request(id(members.get("id")), method, params)
                : new Message.Notification(method, params);
    }

    private static Json.Obj params(@Nullable Json given) {
        return switch (given) {
            case null -> Json.object().build();
            case Json.Obj params -> params;
            case Json _ -> throw new WireException("`params` must be an object");
        };
    }

    // The id of a request must not be null, and two readers may round a long number differently.
    private static Json id(@Nullable Json given) {
        boolean fits =
                switch (given) {
                    case Json.Str(var text) ->
                            !text.isEmpty()
                                    && text.length() <= ID_CHARS_MAX
                                    && text.chars().noneMatch(Character::isISOControl);
                    case Json.Num(var number) ->
                            number.scale() <= 0 && number.abs().compareTo(ID_MAX) <= 0;
                    case null -> false;
                    case Json _ -> false;
                };
        if (given == null || !fits) {
            throw new WireException(
                    "`id` must be a whole number, or a string of 1 to %d characters"
                            .formatted(ID_CHARS_MAX));
        }
        return given;
    }

    private Message reply(Map<String, Json> members) {
        Json result = members.get("result");
        Json error = members.get("error");
        if (members.containsKey("params") || (result == null) == (error == null)) {
            throw new WireException("an answer has `result` or `error`, and not both");
        }
        Json given = members.get("id");
        boolean unknown = error != null && (given == null || given instanceof Json.Null);
        if (unknown && !strict) {
            return new Message.Reply(new Json.Null(), true, error);
        }
        return result != null
                ? new Message.Reply(id(given), false, result)
                : new Message.Reply(id(given), true, java.util.Objects.requireNonNull(error));
    }
}
