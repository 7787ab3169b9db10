package dev.daypass.run;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;

/// What the agent API answered.
public final class Reply {
    private final int status;
    private final Head head;
    private final byte[] body;

    Reply(int status, Head head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body.clone();
    }

    public int status() {
        return status;
    }

    public boolean good() {
        return status >= 200 && status < 300;
    }

    public byte[] body() {
        return body.clone();
    }

    Head head() {
        return head;
    }

    /// The body as JSON; an empty object where it is none.
    public Json json() {
        try {
            return Json.parse(body, JsonLimits.DOCUMENT);
        } catch (WireException _) {
            return Json.object().build();
        }
    }
}
