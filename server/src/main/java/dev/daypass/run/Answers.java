package dev.daypass.run;

import dev.daypass.wire.Json;
import java.util.List;

/// Status lines, and answers that are given here.
final class Answers {
    private Answers() {}

    /// RFC 9112, section 4.
    static int status(Head answer) throws MalformedMessage {
        if (!answer.start().matches("HTTP/1\\.1 [1-5][0-9]{2}( .*)?")) {
            throw new MalformedMessage("not a status line of HTTP/1.1");
        }
        return Integer.parseInt(answer.start().substring(9, 12));
    }

    /// A refusal of this process, as a problem document (RFC 9457).
    ///
    /// @param kind as in the API's document
    static Local problem(int status, String kind, String detail, String next) {
        return new Local(
                status,
                Json.object()
                        .put("type", "https://daypass.dev/problems/" + kind)
                        .put("title", "Refused by daypass run")
                        .put("status", status)
                        .put("step", "run")
                        .put("detail", detail)
                        .put("next", next)
                        .build());
    }

    /// @param status HTTP status
    /// @param json the body
    record Local(int status, Json.Obj json) {
        Head head(boolean last) {
            String type =
                    json.members().containsKey("type")
                            ? "application/problem+json"
                            : "application/json";
            var head =
                    new Head(
                            "HTTP/1.1 %d -".formatted(status),
                            List.of(
                                    new Head.Field("Content-Type", type),
                                    new Head.Field("Cache-Control", "no-store"),
                                    new Head.Field(
                                            "Content-Length",
                                            Integer.toString(json.bytes().length))));
            Head asking =
                    status == 407
                            ? head.with("Proxy-Authenticate", "Basic realm=\"daypass run\"")
                            : head;
            return last ? asking.with("Connection", "close") : asking;
        }
    }
}
