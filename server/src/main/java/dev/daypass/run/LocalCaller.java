package dev.daypass.run;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a request at the run's own URL says that it is for, and from. A page that a browser shows
/// may send requests to loopback, under a name that resolves there, and is nobody's program.
final class LocalCaller {
    private LocalCaller() {}

    /// Why it is refused; `null` where it is not.
    static Answers.@Nullable Local refusal(Head head, String localUrl) {
        int port = URI.create(localUrl).getPort();
        List<String> ours = List.of("127.0.0.1:" + port, "localhost:" + port);
        // RFC 9112, section 3.2: one Host. Another name for loopback is somebody's rebinding.
        List<String> hosts = head.all("host");
        if (hosts.size() != 1 || !ours.contains(hosts.getFirst())) {
            return refused("`Host` is not this run's");
        }
        boolean ofPage =
                head.all("origin").stream()
                                .anyMatch(origin ->
                                        ours.stream()
                                                .noneMatch(at -> origin.equals("http://" + at)))
                        || head.all("sec-fetch-site").stream()
                                .anyMatch(site ->
                                        !site.equals("none") && !site.equals("same-origin"));
        return ofPage ? refused("a page of another origin is not served") : null;
    }

    private static Answers.Local refused(String detail) {
        return Answers.problem(
                403, "not-permitted", detail, "use the URLs in the program's environment");
    }
}
