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
        return ofPage(head, ours.stream().map(at -> "http://" + at).toList());
    }

    /// The same for a request to a service by its own name: a program may be a browser, and a page
    /// of somebody else's must not spend the account.
    ///
    /// @param origin of the service
    static Answers.@Nullable Local ofPage(Head head, String origin) {
        return ofPage(head, List.of(origin));
    }

    private static Answers.@Nullable Local ofPage(Head head, List<String> ours) {
        boolean other =
                head.all("origin").stream().anyMatch(origin -> !ours.contains(origin))
                        || head.all("sec-fetch-site").stream()
                                .anyMatch(site ->
                                        !site.equals("none") && !site.equals("same-origin"));
        return other ? refused("a page of another origin is not served") : null;
    }

    private static Answers.Local refused(String detail) {
        return Answers.problem(
                403, "not-permitted", detail, "use the URLs in the program's environment");
    }
}
