package dev.daypass.broker;

import dev.daypass.revocation.Incarnation;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.function.ObjLongConsumer;

/// What servers of one database tell each other of members: how far each has applied the ledger.
/// Each may be lost, and is of no more weight than an acknowledgement. On the wire
/// `{"edge":…,"nonce":…,"applied":…}`.
final class Rumours {
    private Rumours() {}

    static String of(Incarnation member, long applied) {
        return Json.object()
                .put("edge", member.edge())
                .put("nonce", member.nonce())
                .put("applied", applied)
                .build()
                .text();
    }

    /// @throws WireException if it is none
    static void read(String text, ObjLongConsumer<Incarnation> told) {
        JsonFields fields = JsonFields.of(Json.parse(text));
        String edge = fields.string("edge");
        String nonce = fields.string("nonce");
        long applied = fields.longValue("applied");
        fields.end();
        try {
            told.accept(new Incarnation(edge, nonce), applied);
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }
}
