package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The note box's side of the protocol (MCP, revision 2025-11-25): one JSON answer a request, no
/// session.
final class NoteTools {
    private static final String VERSION = "2025-11-25";
    private static final int UNKNOWN_METHOD = -32601;

    private final Map<String, String> notes =
            new TreeMap<>(
                    Map.of(
                            "n-17", "The flat in Lisbon is free in May.",
                            "n-18", "Ask Inês about the boat in Porto.",
                            "n-21", "The safe opens with 4711."));

    /// What each tool is called, what it does, and what it wants to know.
    static Json list() {
        return Json.array(
                List.of(
                        tool("list_notes", "List the names of all notes", "", true),
                        tool("read_note", "Read a note", "note_id", true),
                        tool("delete_note", "Delete a note", "note_id", false),
                        tool("share_note", "Send a note to somebody by mail", "address", false)));
    }

    /// @param argument the one it wants; empty for none
    private static Json tool(String name, String description, String argument, boolean reads) {
        Json text = Json.object().put("type", "string").build();
        var schema = Json.object().put("type", "object");
        if (!argument.isEmpty()) {
            schema.put("properties", Json.object().put(argument, text).build())
                    .put("required", Json.strings(List.of(argument)));
        }
        return Json.object()
                .put("name", name)
                .put("description", description)
                .put("inputSchema", schema.build())
                .put("annotations", Json.object().put("readOnlyHint", reads).build())
                .build();
    }

    Answer answer(Call call) {
        JsonFields message = JsonFields.of(Json.parse(call.body().toString()));
        Json id = message.take("id");
        if (id == null) {
            return new Answer(202, Map.of(), Buffer.buffer()); // a notification
        }
        JsonFields params = message.objectOrNull("params");
        return switch (message.string("method")) {
            case "initialize" -> result(id, greeting());
            case "ping" -> result(id, Json.object().build());
            case "tools/list" -> result(id, Json.object().put("tools", list()).build());
            case "tools/call" -> result(id, called(params));
            default ->
                    Answer.json(
                            200,
                            reply(id)
                                    .put(
                                            "error",
                                            Json.object()
                                                    .put("code", UNKNOWN_METHOD)
                                                    .put("message", "unknown method")
                                                    .build())
                                    .build());
        };
    }

    private static Json greeting() {
        return Json.object()
                .put("protocolVersion", VERSION)
                .put("capabilities", Json.object().put("tools", Json.object().build()).build())
                .put(
                        "serverInfo",
                        Json.object().put("name", "note box").put("version", "1").build())
                .build();
    }

    private Json called(@Nullable JsonFields params) {
        if (params == null) {
            return text("no tool is named");
        }
        JsonFields arguments = params.objectOrNull("arguments");
        String note = arguments == null ? "" : stringOr(arguments, "note_id");
        return switch (params.string("name")) {
            case "list_notes" -> text(String.join(", ", notes.keySet()));
            case "read_note" -> text(notes.getOrDefault(note, "no such note"));
            case "delete_note" ->
                    text(notes.remove(note) == null ? "no such note" : "deleted " + note);
            default -> text("done");
        };
    }

    private static String stringOr(JsonFields from, String name) {
        String value = from.stringOrNull(name);
        return value == null ? "" : value;
    }

    private static Json text(String text) {
        Json content = Json.object().put("type", "text").put("text", text).build();
        return Json.object().put("content", Json.array(List.of(content))).build();
    }

    private static Answer result(Json id, Json result) {
        return Answer.json(200, reply(id).put("result", result).build());
    }

    private static JsonObjectBuilder reply(Json id) {
        return Json.object().put("jsonrpc", "2.0").put("id", id);
    }
}
