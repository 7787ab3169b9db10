package dev.daypass.mcp;

import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which fact of the ledger a request is, said in the answer to it: in the `_meta` of a result
/// (revision 2025-11-25, General fields), and in the `data` of an error, which has no `_meta`. What
/// a server says under this name is never passed on.
public final class Receipt {
    /// The number of a fact, as the header `Daypass-Fact` has it.
    public static final String KEY = "dev.daypass/fact";

    private static final String DATA = "data";

    private Receipt() {}

    /// @param fact its number; 0 for none
    public static Message.Reply in(Message.Reply reply, long fact) {
        if (!(reply.content() instanceof Json.Obj(var members))) {
            return reply;
        }
        String place = reply.failed() ? DATA : Stateless.META;
        Json there = members.get(place);
        boolean others = reply.failed() && there != null && !(there instanceof Json.Obj);
        Map<String, Json> held =
                there instanceof Json.Obj(var all)
                        ? new LinkedHashMap<>(all)
                        : new LinkedHashMap<>();
        boolean forged = held.remove(KEY) != null;
        if (others || (fact == 0 && !forged)) {
            return reply;
        }
        if (fact > 0) {
            held.put(KEY, Json.of(fact));
        }
        var with = new LinkedHashMap<>(members);
        with.put(place, Json.obj(held));
        return reply.with(Json.obj(with));
    }
}
