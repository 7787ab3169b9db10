package dev.daypass.cli;

import dev.daypass.http.Response;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a server answered.
///
/// @param status HTTP status
/// @param body the body
public record Answer(int status, Body body) {
    /// The bytes of an answer.
    public static final class Body {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        public byte[] bytes() {
            return bytes.clone();
        }
    }

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), new Body(response.body()));
    }

    /// Of an answer that was read elsewhere.
    public static Answer of(int status, byte[] body) {
        return new Answer(status, new Body(body));
    }

    static Answer of(Response response) {
        return new Answer(response.status(), new Body(response.body().bytes()));
    }

    public boolean good() {
        return status >= 200 && status < 300;
    }

    /// The body as JSON; an empty object where it is none.
    public Json json() {
        try {
            return Json.parse(body.bytes(), JsonLimits.DOCUMENT);
        } catch (WireException _) {
            return Json.object().build();
        }
    }

    /// A member of a JSON object, as text.
    public Optional<String> text(String member) {
        if (json() instanceof Json.Obj(var members)) {
            return switch (members.get(member)) {
                case null -> Optional.empty();
                case Json.Str(var value) -> Optional.of(value);
                case Json other -> Optional.of(other.text());
            };
        }
        return Optional.empty();
    }

    /// A problem document on one line: `title: detail (step) — next`. It is not made visible yet.
    public String problem() {
        String title = text("title").orElse("");
        if (title.isEmpty()) {
            return "the server answered %d without saying why; is it a Daypass server?"
                    .formatted(status);
        }
        var line = new StringBuilder(title);
        text("detail").ifPresent(detail -> line.append(": ").append(detail));
        text("step").ifPresent(step -> line.append(" (").append(step).append(')'));
        text("next").ifPresent(next -> line.append(" — ").append(next));
        return line.toString();
    }

    public String bodyText() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }
}
