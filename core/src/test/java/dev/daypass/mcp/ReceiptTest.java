package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.daypass.wire.Json;
import org.junit.jupiter.api.Test;

/// The receipt that an answer of an MCP server carries.
class ReceiptTest {
    private static Message.Reply reply(boolean failed, String content) {
        return new Message.Reply(Json.of(1), failed, Json.parse(content));
    }

    private static String in(boolean failed, String content, long fact) {
        return Receipt.in(reply(failed, content), fact).content().text();
    }

    @Test
    void a_result_says_it_in_its_meta_beside_what_is_there() {
        assertEquals("{\"_meta\":{\"dev.daypass/fact\":7}}", in(false, "{}", 7));
        assertEquals(
                "{\"a\":1,\"_meta\":{\"b\":2,\"dev.daypass/fact\":7}}",
                in(false, "{\"a\":1,\"_meta\":{\"b\":2}}", 7));
    }

    @Test
    void an_error_says_it_in_its_data_unless_that_is_no_object() {
        assertEquals("{\"code\":1,\"data\":{\"dev.daypass/fact\":7}}", in(true, "{\"code\":1}", 7));
        assertEquals("{\"code\":1,\"data\":\"x\"}", in(true, "{\"code\":1,\"data\":\"x\"}", 7));
    }

    @Test
    void what_a_server_says_under_this_name_is_dropped() {
        assertEquals("{\"_meta\":{}}", in(false, "{\"_meta\":{\"dev.daypass/fact\":9}}", 0));
        assertEquals(
                "{\"_meta\":{\"dev.daypass/fact\":7}}",
                in(false, "{\"_meta\":{\"dev.daypass/fact\":\"9\"}}", 7));
        assertEquals(
                "{\"data\":{\"x\":1}}", in(true, "{\"data\":{\"dev.daypass/fact\":9,\"x\":1}}", 0));
    }

    @Test
    void an_answer_without_a_receipt_is_left_alone() {
        Message.Reply plain = reply(false, "{\"_meta\":{\"a\":1}}");
        Message.Reply odd = reply(false, "[1]");

        assertSame(plain, Receipt.in(plain, 0));
        assertSame(odd, Receipt.in(odd, 7));
    }
}
