package dev.daypass.edge;

import dev.daypass.mcp.ClientMethod;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.RpcCode;
import dev.daypass.permission.AnswerLimits;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds an answer of an MCP server to the limits of its permission: what it answers as JSON is
/// masked, piece by piece, wherever the protocol has a place for it; an answer with anything else
/// in it is not given at all.
final class McpLimits {
    private final AnswerLimits limits;

    private McpLimits(AnswerLimits limits) {
        this.limits = limits;
    }

    /// @param method what it is the answer to
    static Message.Reply held(AnswerLimits limits, ClientMethod method, Message.Reply reply) {
        try {
            return reply.with(new McpLimits(limits).result(method, reply));
        } catch (UnfitAnswer e) {
            return refused(reply, String.valueOf(e.getMessage()));
        } catch (WireException _) {
            return refused(reply, "what is left of it is not well-formed json");
        }
    }

    private static Message.Reply refused(Message.Reply reply, String why) {
        return Message.error(
                reply.id(),
                RpcCode.SERVER_FAILED,
                "the server answered what this account may not see all of, and it cannot be limited: "
                        + why);
    }

    private Json result(ClientMethod method, Message.Reply reply) {
        if (reply.failed() || !(reply.content() instanceof Json.Obj(var members))) {
            throw new UnfitAnswer("it is an error of the server's");
        }
        if (!members.getOrDefault("resultType", Json.of("complete")).equals(Json.of("complete"))) {
            throw new UnfitAnswer("it is not complete");
        }
        return switch (method) {
            case TOOLS_CALL -> called(members);
            case RESOURCES_READ -> read(members);
            case SUBSCRIBE, UNSUBSCRIBE -> kept(members, "resultType");
            case INITIALIZE,
                    DISCOVER,
                    PING,
                    TOOLS_LIST,
                    RESOURCES_LIST,
                    TEMPLATES_LIST,
                    PROMPTS_LIST,
                    PROMPTS_GET,
                    COMPLETE,
                    SET_LEVEL,
                    LISTEN ->
                    throw new UnfitAnswer("answers to `%s` are texts".formatted(method.wire()));
        };
    }

    private Json.Obj called(Map<String, Json> members) {
        var out = new LinkedHashMap<>(kept(members, "resultType", "isError").members());
        out.put("content", pieces(members.get("content"), "type"));
        Json structured = members.get("structuredContent");
        if (structured != null) {
            out.put(
                    "structuredContent",
                    Json.parse(masked(structured.bytes()), JsonLimits.DOCUMENT));
        }
        return Json.obj(out);
    }

    private Json.Obj read(Map<String, Json> members) {
        var out = new LinkedHashMap<>(kept(members, "resultType", "ttlMs").members());
        if (members.containsKey("cacheScope")) {
            out.put("cacheScope", Json.of("private"));
        }
        out.put("contents", pieces(members.get("contents"), "uri", "mimeType"));
        return Json.obj(out);
    }

    private Json pieces(@Nullable Json content, String... besides) {
        if (content == null) {
            return Json.array(List.of());
        }
        if (!(content instanceof Json.Arr(var items))) {
            throw new UnfitAnswer("its content is no list");
        }
        var out = new ArrayList<Json>();
        for (Json item : items.subList(0, Math.min(items.size(), limits.itemsMax()))) {
            out.add(piece(item, besides));
        }
        return Json.array(out);
    }

    private Json.Obj piece(Json item, String... besides) {
        if (!(item instanceof Json.Obj(var members))
                || !(members.get("text") instanceof Json.Str(var text))
                || !members.getOrDefault("type", Json.of("text")).equals(Json.of("text"))) {
            throw new UnfitAnswer("a piece of its content is no text");
        }
        var out = new LinkedHashMap<>(kept(members, besides).members());
        byte[] left = masked(text.getBytes(StandardCharsets.UTF_8));
        out.put("text", Json.of(new String(left, StandardCharsets.UTF_8)));
        return Json.obj(out);
    }

    /// What is neither kept nor masked does not go out: `_meta`, annotations, and what a revision
    /// to come may add.
    private static Json.Obj kept(Map<String, Json> members, String... names) {
        var out = new LinkedHashMap<String, Json>();
        for (String name : names) {
            Json value = members.get(name);
            if (value instanceof Json.Obj || value instanceof Json.Arr) {
                throw new UnfitAnswer("`%s` is not what it should be".formatted(name));
            }
            if (value != null) {
                out.put(name, value);
            }
        }
        return Json.obj(out);
    }

    private byte[] masked(byte[] json) {
        var masked = new MaskedJson(limits.mask());
        var out = new ByteArrayOutputStream();
        out.writeBytes(masked.next(json));
        out.writeBytes(masked.rest());
        return out.toByteArray();
    }
}
