package dev.daypass.permission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A request target in the one form that is both matched and sent: segments and query decoded,
/// judged, and encoded again in a single way. Whatever two servers might read differently is
/// refused, not repaired.
public final class CanonicalRequest {
    public static final int TARGET_CHARS_MAX = 8_192;
    public static final int QUERY_PAIRS_MAX = 256;

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String SEGMENT_EXTRA = "!$'()*,:@";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final HttpMethod method;
    private final List<String> segments;
    private final List<Pair> query;

    private CanonicalRequest(HttpMethod method, List<String> segments, List<Pair> query) {
        this.method = method;
        this.segments = segments;
        this.query = query;
    }

    /// One `name=value` of a query, decoded.
    ///
    /// @param name decoded name
    /// @param value decoded value, empty where there is no `=`
    public record Pair(String name, String value) {}

    /// Reads a target in origin form (RFC 9112, section 3.2.1).
    ///
    /// @param target path and query as they arrived, without the service's own segment
    /// @throws AmbiguousRequest naming what two servers might read differently
    public static CanonicalRequest parse(HttpMethod method, String target) {
        if (target.length() > TARGET_CHARS_MAX) {
            throw new AmbiguousRequest(
                    "request target of more than %d characters".formatted(TARGET_CHARS_MAX));
        }
        if (!target.startsWith("/")) {
            throw new AmbiguousRequest("request target must start with /");
        }
        target.chars()
                .filter(c ->
                        c <= 0x20 || c >= 0x7f || c == '\\' || c == '#' || c == '"' || c == '<'
                                || c == '>')
                .findFirst()
                .ifPresent(_ -> {
                    throw new AmbiguousRequest(
                            "request target holds a character that must be percent-encoded");
                });
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new CanonicalRequest(method, segments(path), pairs(query));
    }

    public HttpMethod method() {
        return method;
    }

    public List<String> segments() {
        return segments;
    }

    public List<String> queryValues(String name) {
        return query.stream().filter(pair -> pair.name().equals(name)).map(Pair::value).toList();
    }

    public Set<String> repeatedNames() {
        var seen = new HashSet<String>();
        var repeated = new HashSet<String>();
        query.forEach(pair -> {
            if (!seen.add(pair.name())) {
                repeated.add(pair.name());
            }
        });
        return repeated;
    }

    /// The path alone, encoded canonically.
    public String path() {
        var out = new StringBuilder();
        for (String segment : segments) {
            out.append('/');
            encode(segment, SEGMENT_EXTRA, out);
        }
        return out.toString();
    }

    /// What is sent: path and query, encoded canonically.
    public String target() {
        var out = new StringBuilder(path());
        char separator = '?';
        for (Pair pair : query) {
            out.append(separator);
            encode(pair.name(), "", out);
            out.append('=');
            encode(pair.value(), "", out);
            separator = '&';
        }
        return out.toString();
    }

    private static List<String> segments(String path) {
        String[] raw = path.substring(1).split("/", -1);
        var out = new ArrayList<String>(raw.length);
        for (int i = 0; i < raw.length; i++) {
            String segment = decode(raw[i], false);
            if (segment.isEmpty() && i < raw.length - 1) {
                throw new AmbiguousRequest("path holds an empty segment");
            }
            requirePlain(segment);
            out.add(segment);
        }
        return List.copyOf(out);
    }

    private static void requirePlain(String segment) {
        if (segment.endsWith(".")) {
            throw new AmbiguousRequest("path holds a segment that is or ends with a dot");
        }
        if (segment.indexOf(';') >= 0) {
            throw new AmbiguousRequest("path holds a `;`");
        }
        String folded = Normalizer.normalize(segment, Normalizer.Form.NFKC);
        for (String text : List.of(segment, folded)) {
            if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0 || text.endsWith(".")) {
                throw new AmbiguousRequest("path holds an encoded separator or dot segment");
            }
        }
        // A second decoding by the service would change what was matched.
        if (segment.matches(".*%[0-9a-fA-F]{2}.*")) {
            throw new AmbiguousRequest("path is percent-encoded twice");
        }
    }

    private static List<Pair> pairs(String query) {
        if (query.isEmpty()) {
            return List.of();
        }
        String[] raw = query.split("&", -1);
        if (raw.length > QUERY_PAIRS_MAX) {
            throw new AmbiguousRequest(
                    "query of more than %d parameters".formatted(QUERY_PAIRS_MAX));
        }
        var out = new ArrayList<Pair>(raw.length);
        for (String part : raw) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), true);
            if (name.isEmpty()) {
                throw new AmbiguousRequest("query holds a parameter without a name");
            }
            out.add(new Pair(name, equals < 0 ? "" : decode(part.substring(equals + 1), true)));
        }
        return List.copyOf(out);
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hexPair(text, i + 1);
                i += 2;
            } else {
                bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return checked(bytes, length);
    }

    private static int hexPair(String text, int at) {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new AmbiguousRequest("malformed percent-encoding");
        }
        return high << 4 | low;
    }

    private static String checked(byte[] bytes, int length) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new AmbiguousRequest("request target holds an encoded control character");
            }
            if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
                throw new AmbiguousRequest("request target is not in unicode normal form C");
            }
            return text;
        } catch (CharacterCodingException _) {
            throw new AmbiguousRequest("request target is not utf-8");
        }
    }

    private static void encode(String text, String extra, StringBuilder out) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0 || extra.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
    }
}
