package dev.daypass.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What must hold of the head of every request before anybody reads it: that no two servers can
/// read it differently.
final class RequestForm {
    private static final String ONE_HOST = "a request has one Host field";

    /// Fields that have one value; of two, one server takes the first and another the last.
    private static final Set<String> ONCE =
            Set.of(
                    "content-type",
                    "content-range",
                    "content-location",
                    "range",
                    "if-range",
                    "if-modified-since",
                    "if-unmodified-since",
                    "expect",
                    "origin",
                    "referer",
                    "user-agent",
                    "max-forwards");

    /// RFC 9110, section 7.6.1: what an agent may say of its connection. Naming another field would
    /// have a proxy drop what the edge has judged.
    private static final Set<String> CONNECTION_OPTIONS =
            Set.of("close", "keep-alive", "te", "upgrade", "http2-settings");

    private static final Pattern HOST =
            Pattern.compile(
                    "([A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){0,127}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

    private static final int LABEL_CHARS_MAX = 63;
    private static final int PORT_DIGITS_MAX = 5;

    private RequestForm() {}

    /// What is wrong with a request; empty for nothing.
    static String objection(HttpServerRequest request) {
        // CONNECT over HTTP/2 has no target at all (RFC 9113, section 8.5).
        if (!String.valueOf(request.uri()).startsWith("/")) {
            return "request target must start with /";
        }
        String framing =
                request.version() == HttpVersion.HTTP_2
                        ? objectionToPseudo(request)
                        : objectionToFraming(request);
        return framing.isEmpty() ? objectionToFields(request.headers()) : framing;
    }

    /// RFC 9113, section 8.3.1; what the parser does not look at.
    private static String objectionToPseudo(HttpServerRequest request) {
        if (request.isSSL() != "https".equals(request.scheme())) {
            return "the scheme is not that of the connection";
        }
        List<String> hosts = request.headers().getAll("host");
        HostAndPort authority = request.authority();
        if (hosts.size() > 1 || authority == null) {
            return ONE_HOST;
        }
        if (!isHost(authority.toString())
                || (!hosts.isEmpty() && !hosts.getFirst().equals(authority.toString()))) {
            return "the host is malformed, or told in two ways";
        }
        return "";
    }

    private static String objectionToFraming(HttpServerRequest request) {
        boolean old = request.version() == HttpVersion.HTTP_1_0;
        // RFC 9112, section 3.2.
        List<String> hosts = request.headers().getAll("host");
        if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
            return ONE_HOST;
        }
        if (!hosts.isEmpty() && !isHost(hosts.getFirst())) {
            return "the Host field is malformed";
        }
        // RFC 9112, section 6.1: what is not plain chunked cannot be cut apart with certainty.
        List<String> codings = request.headers().getAll("transfer-encoding");
        boolean plain =
                codings.isEmpty() || (codings.size() == 1 && isChunked(codings.getFirst()) && !old);
        return plain ? "" : "the only transfer coding is chunked, once";
    }

    private static String objectionToFields(MultiMap headers) {
        Set<String> seen = Set.of();
        String twice = "";
        for (Map.Entry<String, String> field : headers) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                return "a header field has no name";
            }
            if (ONCE.contains(name)) {
                seen = seen.isEmpty() ? new HashSet<>() : seen;
                twice = seen.add(name) ? twice : name;
            }
        }
        if (!twice.isEmpty()) {
            return "the field `%s` is given twice".formatted(twice);
        }
        for (String named : headers.getAll("connection")) {
            for (String option : named.split(",", -1)) {
                if (!CONNECTION_OPTIONS.contains(option.strip().toLowerCase(Locale.ROOT))) {
                    return "the Connection field may name close, keep-alive, te and upgrade, no field of a request";
                }
            }
        }
        String expected = headers.get("expect");
        return expected == null || expected.equalsIgnoreCase("100-continue")
                ? ""
                : "the only expectation is 100-continue";
    }

    /// A name, an IPv4 or a bracketed IPv6 address, and perhaps a port; never a user.
    private static boolean isHost(String text) {
        return isPlainHost(text) || HOST.matcher(text).matches();
    }

    /// Most are: one label, and perhaps a port. Says no to much that is a host as well.
    private static boolean isPlainHost(String text) {
        int colon = text.indexOf(':');
        int end = colon < 0 ? text.length() : colon;
        int digits = colon < 0 ? 1 : text.length() - colon - 1;
        if (end < 1 || end > LABEL_CHARS_MAX || digits < 1 || digits > PORT_DIGITS_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
            if (!digit && (i > end || (!letter && i != colon))) {
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
        String objection = StrictBytes.objection(request.connection());
        if (objection.equals(StrictBytes.LATE)) {
            return Problem.of("too-slow", "Request too slow", 408, objection)
                    .next("send the whole head at once");
        }
        if (!objection.isEmpty()) {
            return Problem.malformed(objection);
        }
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
