package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageFuzzTest {
    private static final List<String> GOOD =
            List.of(
                    "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"a\":1.50}}}",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{\"tools\":[]}}",
                    "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":1}}]");

    @FuzzTest
    void a_text_is_refused_in_one_short_line_or_sent_on_as_it_was_read(byte[] input) {
        for (MessageReader reader : List.of(MessageReader.ofClient(), MessageReader.ofServer())) {
            switch (reader.read(input)) {
                case MessageReader.Reading.Malformed(var _, var why) -> {
                    assertTrue(why.length() < 300, why);
                    assertTrue(why.chars().noneMatch(Character::isISOControl), why);
                }
                case MessageReader.Reading.Messages(var all, var _, var _) ->
                        all.forEach(MessageFuzzTest::sentOnAsRead);
            }
        }
    }

    private static void sentOnAsRead(Message message) {
        byte[] sent;
        try {
            sent = message.bytes();
        } catch (WireException _) {
            return; // a number without a canonical form is not sent on
        }
        if (MessageReader.ofServer().read(sent)
                instanceof MessageReader.Reading.Messages(var again, var batch, var _)) {
            assertTrue(!batch);
            assertEquals(
                    new String(sent, StandardCharsets.UTF_8),
                    new String(again.getFirst().bytes(), StandardCharsets.UTF_8));
            return;
        }
        throw new AssertionError("what is sent on is not read again");
    }

    @Test
    void a_damaged_text_is_refused_in_one_short_line_or_sent_on_as_it_was_read() {
        Check.forAll(
                3_000,
                random ->
                        a_text_is_refused_in_one_short_line_or_sent_on_as_it_was_read(
                                Gen.mutated(
                                        random,
                                        Gen.pick(random, GOOD),
                                        "[]{}\",:\\u0019eE+-. \0tn")));
    }

    @FuzzTest
    void events_never_hold_a_line_end_and_never_more_than_is_permitted(byte[] input) {
        var reader = new EventReader(64);
        for (byte b : input) {
            reader.next(new byte[] {b}).forEach(MessageFuzzTest::plain);
        }
        // However a stream is cut, it says the same.
        var whole = new EventReader(64);
        var cut = new EventReader(64);
        List<EventReader.Event> all = whole.next(input);
        var parts = new java.util.ArrayList<EventReader.Event>();
        for (byte b : input) {
            parts.addAll(cut.next(new byte[] {b}));
        }
        assertEquals(all, parts);
        assertEquals(whole.failed(), cut.failed());
    }

    private static void plain(EventReader.Event event) {
        assertTrue(event.id().chars().noneMatch(Character::isISOControl));
        assertTrue(event.data().length() <= 64);
    }

    @Test
    void damaged_events_never_hold_a_line_end_and_never_more_than_is_permitted() {
        String good = "event: message\nid: 1\ndata: {\"a\":\ndata: 1}\r\n\r\n: note\n\ndata:x\r\r";
        Check.forAll(
                2_000,
                random ->
                        events_never_hold_a_line_end_and_never_more_than_is_permitted(
                                Gen.mutated(random, good, "\r\n: \0daei\ufeff")));
    }
}
