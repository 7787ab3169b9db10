package dev.daypass.issuer;

import dev.daypass.broker.Refusal;
import dev.daypass.http.Response;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;

/// Errors of OAuth endpoints (RFC 6749, section 5.2): never problem documents, and in their
/// descriptions no character but the permitted ones.
final class OAuthErrors {
    private OAuthErrors() {}

    static Response of(int status, String error, String description) {
        return Response.json(status, body(error, description).build()).with("pragma", "no-cache");
    }

    static JsonObjectBuilder body(String error, String description) {
        return Json.object().put("error", error).put("error_description", plain(description));
    }

    static Response invalidRequest(String description) {
        return of(400, "invalid_request", description);
    }

    static Response invalidClient(String description) {
        return of(401, "invalid_client", description);
    }

    static Response of(Refusal refusal) {
        String detail = refusal.detail();
        return switch (refusal.kind()) {
            case UNKNOWN_CALLER -> invalidClient(detail);
            case MALFORMED, NOT_UNDERSTOOD, NOTHING_TO_GRANT ->
                    of(400, "invalid_authorization_details", detail);
            case FORBIDDEN -> of(400, "access_denied", detail);
            case TOO_MANY -> of(429, "slow_down", detail).with("retry-after", seconds(refusal));
            case NOT_FOUND, CONFLICT -> of(400, "invalid_grant", detail);
            case UNAVAILABLE -> of(503, "temporarily_unavailable", detail).with("retry-after", "1");
        };
    }

    private static String seconds(Refusal refusal) {
        return refusal.extra().get("retry_after") instanceof Json.Num(var seconds)
                ? seconds.toPlainString()
                : "1";
    }

    // %x20-21 / %x23-5B / %x5D-7E only.
    private static String plain(String text) {
        return text.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "'");
    }
}
