package dev.daypass.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static List<EventReader.Event> read(String text) {
        return new EventReader(1_000).next(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EventReader.Event event(String type, String id, String data) {
        return new EventReader.Event(type, id, data);
    }

    @Test
    void lines_end_in_any_of_three_ways_and_data_is_joined() {
        assertEquals(
                List.of(event("message", "", "a\nb"), event("message", "", "c")),
                read("data: a\r\ndata:b\r\n\r\ndata: c\r\r"));
    }

    @Test
    void types_and_ids_belong_to_one_event() {
        assertEquals(
                List.of(event("endpoint", "7", "x"), event("message", "", "y")),
                read("event: endpoint\nid: 7\ndata: x\n\ndata: y\n\n"));
    }

    @Test
    void an_id_that_could_end_a_line_is_none() {
        assertEquals(List.of(event("message", "", "x")), read("id: a\0b\ndata: x\n\n"));
    }

    @Test
    void comments_and_unknown_fields_are_nothing() {
        assertEquals(
                List.of(event("message", "", "x")), read("\ufeff: hi\nretry: 5\nfoo\ndata: x\n\n"));
        assertEquals(List.of(), read(":\n\nevent: x\n\n"));
    }

    @Test
    void half_an_event_is_none() {
        assertEquals(List.of(), read("data: x\n"));
    }

    @Test
    void an_event_that_is_too_long_is_the_last_thing_that_is_read() {
        var reader = new EventReader(10);

        assertTrue(reader.next("data: 1\n\n".getBytes(StandardCharsets.UTF_8)).size() == 1);
        assertFalse(reader.failed());
        assertEquals(
                List.of(), reader.next("data: 1234567890\n\n".getBytes(StandardCharsets.UTF_8)));
        assertTrue(reader.failed());
    }
}
