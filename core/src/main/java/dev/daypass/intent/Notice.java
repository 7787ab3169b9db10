package dev.daypass.intent;

import dev.daypass.wire.Json;

/// Something about a task's text that its reader should know: a part that was not counted, and why.
///
/// @param span the part
/// @param words the part as written
/// @param why in words for the agent and the human alike
public record Notice(Span span, String words, String why) {
    public Json.Obj toJson() {
        return Json.object()
                .put("start", span.start())
                .put("end", span.end())
                .put("words", words)
                .put("why", why)
                .build();
    }
}
