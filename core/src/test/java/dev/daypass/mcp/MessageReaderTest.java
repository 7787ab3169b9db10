package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private static MessageReader.Reading read(String text) {
        return MessageReader.ofClient().read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Message one(String text) {
        if (read(text) instanceof MessageReader.Reading.Messages(var all, var batch, var _)) {
            assertEquals(1, all.size());
            assertTrue(!batch);
            return all.getFirst();
        }
        throw new AssertionError(read(text));
    }

    private static void malformed(int code, String why, String text) {
        if (read(text) instanceof MessageReader.Reading.Malformed(var said, var told)) {
            assertEquals(code, said, text);
            assertTrue(told.contains(why), told);
            return;
        }
        throw new AssertionError("was read: " + text);
    }

    @Test
    void the_three_kinds_of_messages_are_told_apart() {
        assertEquals(
                new Message.Request(Json.of(7), "ping", Json.object().build()),
                one("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}"));
        assertEquals(
                new Message.Notification(
                        "notifications/initialized", Json.object().put("a", 1).build()),
                one(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\",\"params\":{\"a\":1}}"));
        assertEquals(
                new Message.Reply(Json.of("x"), false, Json.object().build()),
                one("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}"));
        assertEquals(
                new Message.Reply(Json.of("x"), true, Json.object().build()),
                one("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{}}"));
    }

    @Test
    void an_id_that_is_a_text_is_no_id_that_is_a_number() {
        var text = (Message.Request) one("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"method\":\"ping\"}");
        var number = (Message.Request) one("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}");

        assertEquals("\"7\"", text.key());
        assertEquals("7", number.key());
    }

    @Test
    void what_two_readers_might_take_differently_is_refused() {
        int invalid = RpcCode.INVALID_REQUEST;
        int parse = RpcCode.PARSE_ERROR;
        malformed(parse, "not json", "{");
        malformed(parse, "no name may stand twice", "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2}");
        malformed(invalid, "a json object", "7");
        malformed(invalid, "`jsonrpc`", "{\"id\":7,\"method\":\"ping\"}");
        malformed(invalid, "`jsonrpc`", "{\"jsonrpc\":2.0,\"id\":7,\"method\":\"ping\"}");
        malformed(
                invalid,
                "no members but",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"Id\":8}");
        malformed(
                invalid,
                "not both",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"result\":{}}");
        malformed(invalid, "not both", "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{},\"error\":{}}");
        malformed(invalid, "`id`", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}");
        malformed(invalid, "`id`", "{\"jsonrpc\":\"2.0\",\"id\":1e400,\"method\":\"ping\"}");
        malformed(invalid, "`id`", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}");
        malformed(invalid, "`id`", "{\"jsonrpc\":\"2.0\",\"id\":\"a\\nb\",\"method\":\"ping\"}");
        malformed(invalid, "`method`", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"p\\u0131ng\"}");
        malformed(
                invalid,
                "`params`",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":[]}");
        malformed(invalid, "1 to 50", "[]");
        malformed(
                invalid, "a json object", "[[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}]]");
    }

    @Test
    void a_server_may_say_more_than_the_protocol_has_and_it_goes_no_further() {
        byte[] text =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{},\"evil\":1}"
                        .getBytes(StandardCharsets.UTF_8);

        if (MessageReader.ofServer().read(text)
                instanceof MessageReader.Reading.Messages(var all, var _, var _)) {
            assertEquals(
                    "{\"id\":7,\"jsonrpc\":\"2.0\",\"result\":{}}",
                    new String(all.getFirst().bytes(), StandardCharsets.UTF_8));
            return;
        }
        throw new AssertionError("was not read");
    }

    @Test
    void a_batch_keeps_its_order() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}";
        if (read("[" + ping.formatted(1) + "," + ping.formatted(2) + "]")
                instanceof MessageReader.Reading.Messages(var all, var batch, var _)) {
            assertTrue(batch);
            assertEquals(
                    List.of("1", "2"), all.stream().map(m -> ((Message.Request) m).key()).toList());
            return;
        }
        throw new AssertionError("was not read");
    }
}
