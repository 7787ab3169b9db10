package dev.daypass.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;

/// What must hold of the head of every request before anybody reads it: that no two servers can
/// read it differently.
final class RequestForm {
    private RequestForm() {}

    /// What is wrong with a request; empty for nothing.
    static String objection(HttpServerRequest request) {
        // CONNECT over HTTP/2 has no target at all (RFC 9113, section 8.5).
        if (!String.valueOf(request.uri()).startsWith("/")) {
            return "request target must start with /";
        }
        return request.version() == HttpVersion.HTTP_2 ? "" : objectionToFields(request);
    }

    private static String objectionToFields(HttpServerRequest request) {
        boolean old = request.version() == HttpVersion.HTTP_1_0;
        // RFC 9112, section 3.2.
        List<String> hosts = request.headers().getAll("host");
        if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
            return "a request has one Host field";
        }
        if (!hosts.isEmpty() && !isHost(hosts.getFirst())) {
            return "the Host field is malformed";
        }
        // RFC 9112, section 6.1: what is not plain chunked cannot be cut apart with certainty.
        List<String> codings = request.headers().getAll("transfer-encoding");
        boolean plain =
                codings.isEmpty() || (codings.size() == 1 && isChunked(codings.getFirst()) && !old);
        if (!plain) {
            return "the only transfer coding is chunked, once";
        }
        for (Map.Entry<String, String> field : request.headers()) {
            if (field.getKey().isEmpty()) {
                return "a header field has no name";
            }
        }
        return "";
    }

    private static boolean isHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "._~%:[]-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isChunked(String coding) {
        return coding.equalsIgnoreCase("chunked");
    }

    /// What is said of a request that could not be read at all.
    static Problem unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(
                            "target-too-long",
                            "Request target too long",
                            414,
                            "the target is too long")
                    .next("send a shorter one");
        }
        if (cause instanceof TooLongFrameException) {
            return Problem.of(
                            "head-too-long",
                            "Header fields too long",
                            431,
                            "the header fields are too long")
                    .next("send fewer or shorter ones");
        }
        return Problem.malformed("this is not a well-formed HTTP request");
    }
}
