package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Reads what a load's request was answered.
final class Answers {
    private Answers() {}

    /// A text member of a JSON answer.
    static String member(ByteBuf body, String name) {
        return JsonFields.of(Json.parse(body.toString(StandardCharsets.UTF_8))).string(name);
    }
}
