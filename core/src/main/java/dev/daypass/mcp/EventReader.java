package dev.daypass.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads a stream of server-sent events (HTML, section 9.2) as it comes. Keeps at most one event.
public final class EventReader {
    private final int bytesMax;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String id = "";
    private long held;
    private boolean afterReturn;
    private boolean first = true;
    private boolean failed;

    /// @param bytesMax of one event
    public EventReader(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// One event.
    ///
    /// @param type its `event` field; `message` where there is none
    /// @param id its `id` field; empty for none. It never holds a control character
    /// @param data its `data` fields, joined by line feeds
    public record Event(String type, String id, String data) {}

    /// Takes the next part of the stream.
    ///
    /// @return the events that are complete now
    public List<Event> next(byte[] chunk) {
        var out = new ArrayList<Event>();
        for (byte b : chunk) {
            if (failed) {
                return out;
            }
            take(b, out);
        }
        return out;
    }

    /// Whether an event was longer than permitted; nothing is read after that.
    public boolean failed() {
        return failed;
    }

    // A line ends with LF, CR, or both.
    private void take(byte b, List<Event> out) {
        boolean second = afterReturn && b == '\n';
        afterReturn = b == '\r';
        if (second) {
            return;
        }
        if (b == '\n' || b == '\r') {
            line(line.toString(StandardCharsets.UTF_8), out);
            line.reset();
        } else if (++held > bytesMax) {
            failed = true;
        } else {
            line.write(b);
        }
    }

    private void line(String whole, List<Event> out) {
        String text = first && whole.startsWith("\ufeff") ? whole.substring(1) : whole;
        first = false;
        if (text.isEmpty()) {
            dispatch(out);
            return;
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        field(name, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void field(String name, String value) {
        switch (name) {
            case "data" -> data.append(value).append('\n');
            case "event" -> type = value;
            case "id" -> id = value.chars().anyMatch(Character::isISOControl) ? id : value;
            default -> {
                // A comment, or what nobody knows.
            }
        }
    }

    private void dispatch(List<Event> out) {
        held = 0;
        if (data.length() > 0) {
            String joined = data.substring(0, data.length() - 1);
            out.add(new Event(type.isEmpty() ? "message" : type, id, joined));
        } else if (!id.isEmpty()) {
            out.add(new Event(type.isEmpty() ? "message" : type, id, ""));
        }
        data.setLength(0);
        type = "";
        id = "";
    }
}
