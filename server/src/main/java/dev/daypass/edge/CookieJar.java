package dev.daypass.edge;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The cookies of one service for one account, by the rules that browsers follow (RFC 6265bis,
/// section 5), and stricter where an agent has no use for more: they go back to this one service
/// only. At most 50 cookies of 4 KiB. Thread-safe.
final class CookieJar {
    private static final int COOKIES_MAX = 50;
    private static final int COOKIE_BYTES_MAX = 4_096;
    private static final int FIELD_BYTES_MAX = 16_384;

    /// What is shorter may be a choice of language; it is not looked for in answers.
    private static final int SECRET_CHARS_MIN = 16;

    private final Map<Id, Kept> cookies = new LinkedHashMap<>();
    private Needles needles = Needles.NONE;

    private record Id(String name, String domain, String path) {}

    private record Kept(String value, Instant until, boolean secure) {
        @Override
        public String toString() {
            return "Kept[redacted]";
        }
    }

    /// Where a cookie comes from, or goes to.
    ///
    /// @param host of the service
    /// @param path of the request, as the service sees it
    /// @param tls whether the connection is encrypted
    record Place(String host, String path, boolean tls) {}

    /// Takes the `Set-Cookie` fields of an answer; those that break the rules are left out.
    synchronized void store(List<String> fields, Place from, Instant now) {
        for (String field : fields) {
            Cookie cookie = read(field);
            if (cookie != null && permitted(cookie, from)) {
                put(cookie, from, now);
            }
        }
        needles =
                Needles.of(
                        cookies.values().stream()
                                .map(Kept::value)
                                .filter(value -> value.length() >= SECRET_CHARS_MIN)
                                .distinct()
                                .toList());
    }

    private static @Nullable Cookie read(String field) {
        try {
            return field.length() > 2 * COOKIE_BYTES_MAX
                    ? null
                    : ClientCookieDecoder.STRICT.decode(field);
        } catch (IllegalArgumentException _) {
            return null; // the decoder throws at some attributes that it does not like
        }
    }

    private static boolean permitted(Cookie cookie, Place from) {
        String name = cookie.name().toLowerCase(Locale.ROOT);
        boolean host = name.startsWith("__host-");
        boolean small = cookie.name().length() + cookie.value().length() <= COOKIE_BYTES_MAX;
        boolean encrypted = from.tls() || !cookie.isSecure();
        boolean prefixed =
                ((!host && !name.startsWith("__secure-")) || cookie.isSecure())
                        && (!host || (cookie.domain() == null && "/".equals(cookie.path())));
        return small && encrypted && prefixed && domainMatches(cookie, from.host());
    }

    /// Section 5.1.3. A domain without a dot, as in `com`, is nobody's to share.
    private static boolean domainMatches(Cookie cookie, String host) {
        String given = cookie.domain();
        if (given == null || given.isEmpty()) {
            return true;
        }
        String domain = domain(given);
        String there = host.toLowerCase(Locale.ROOT);
        boolean below = there.endsWith("." + domain) && domain.indexOf('.') > 0 && !address(there);
        return there.equals(domain) || below;
    }

    private static String domain(String given) {
        String domain = given.startsWith(".") ? given.substring(1) : given;
        return domain.toLowerCase(Locale.ROOT);
    }

    private static boolean address(String host) {
        return host.indexOf(':') >= 0
                || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private void put(Cookie cookie, Place from, Instant now) {
        String given = cookie.domain();
        var id =
                new Id(
                        cookie.name(),
                        given == null ? "" : domain(given),
                        path(cookie.path(), from.path()));
        if (cookie.maxAge() != Cookie.UNDEFINED_MAX_AGE && cookie.maxAge() <= 0) {
            cookies.remove(id);
            return;
        }
        Instant until =
                cookie.maxAge() == Cookie.UNDEFINED_MAX_AGE
                        ? Instant.MAX
                        : now.plusSeconds(Math.min(cookie.maxAge(), Integer.MAX_VALUE));
        cookies.put(id, new Kept(cookie.value(), until, cookie.isSecure()));
        while (cookies.size() > COOKIES_MAX) {
            cookies.remove(cookies.keySet().iterator().next());
        }
    }

    /// Section 5.1.4: without a path of its own, a cookie is for the request's directory.
    private static String path(@Nullable String given, String request) {
        if (given != null && given.startsWith("/")) {
            return given;
        }
        int slash = request.lastIndexOf('/');
        return slash <= 0 ? "/" : request.substring(0, slash);
    }

    /// The `Cookie` field of a request; empty for none. Longer paths come first (section 5.8.3).
    synchronized String field(Place to, Instant now) {
        cookies.values().removeIf(kept -> !kept.until().isAfter(now));
        var fitting = new ArrayList<Map.Entry<Id, Kept>>();
        for (Map.Entry<Id, Kept> entry : cookies.entrySet()) {
            if ((to.tls() || !entry.getValue().secure())
                    && pathMatches(entry.getKey().path(), to.path())) {
                fitting.add(entry);
            }
        }
        fitting.sort(Comparator.comparingInt(entry -> -entry.getKey().path().length()));
        int[] left = {FIELD_BYTES_MAX};
        return fitting.stream()
                .map(entry -> entry.getKey().name() + "=" + entry.getValue().value())
                .filter(pair -> (left[0] -= pair.length() + 2) >= 0)
                .collect(Collectors.joining("; "));
    }

    private static boolean pathMatches(String cookie, String request) {
        return request.equals(cookie)
                || (request.startsWith(cookie)
                        && (cookie.endsWith("/") || request.charAt(cookie.length()) == '/'));
    }

    /// What must not come back of the cookies in hand.
    synchronized Needles needles() {
        return needles;
    }

    synchronized int size() {
        return cookies.size();
    }

    @Override
    public String toString() {
        return "CookieJar[redacted]";
    }
}
