package dev.daypass.remote;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;

/// The broker answered, and not as it was wished.
public final class BrokerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARS = 300;
    private static final int UNKNOWN_EDGE = 401;
    private static final int OF_THE_BROKER = 500;

    private final int status;

    BrokerRefused(int status, String body) {
        super("the broker answers %d: %s".formatted(status, shown(body)));
        this.status = status;
    }

    /// What a problem document says (RFC 9457), else the beginning of what it is.
    private static String shown(String body) {
        String said = body;
        try {
            if (Json.parse(body) instanceof Json.Obj(var members)
                    && members.get("detail") instanceof Json.Str(var detail)) {
                said = detail;
            }
        } catch (WireException _) {
            said = body;
        }
        String printable = said.replaceAll("\\p{Cntrl}", "?");
        return printable.substring(0, Math.min(SHOWN_CHARS, printable.length()));
    }

    public int status() {
        return status;
    }

    /// Whether it does not know this edge, or not this certificate of it.
    public boolean unknownEdge() {
        return status == UNKNOWN_EDGE;
    }

    /// Whether another broker may answer otherwise.
    boolean anotherMayAnswer() {
        return unknownEdge() || status >= OF_THE_BROKER;
    }
}
