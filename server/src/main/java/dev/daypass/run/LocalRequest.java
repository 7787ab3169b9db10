package dev.daypass.run;

import org.jspecify.annotations.Nullable;

/// A request of the program, read: for which service, and what of its target goes on.
///
/// @param method as it came
/// @param service the service; empty where the run itself is asked
/// @param home URL of the service as the program knows it
/// @param rest target below the service, with its query: empty, or beginning with `/` or `?`
/// @param head without the fields that concern this connection only
/// @param body how its body is framed
/// @param last whether the program wants no more on this connection
/// @param upgrade the protocol that it wants to change to; `null` for none
record LocalRequest(
        String method,
        String service,
        String home,
        String rest,
        Head head,
        Body body,
        boolean last,
        @Nullable String upgrade) {

    /// What became of the head of a request.
    sealed interface Read {
        /// @param request it
        record Good(LocalRequest request) implements Read {}

        /// @param why what is answered, before the connection is closed
        record Refused(Answers.Local why) implements Read {}
    }

    /// How the head of a request is read.
    @FunctionalInterface
    interface Reader {
        Read read(Head head);
    }

    /// One within a tunnel to a service.
    static Read within(Head head, Origins.Service service, String origin, RunSecret secret) {
        String[] start = start(head);
        if (start.length == 0) {
            return malformed("not a request of HTTP/1.1");
        }
        Answers.Local page = LocalCaller.ofPage(head, origin);
        if (page != null) {
            return new Read.Refused(page);
        }
        if (!start[1].startsWith(service.base() + "/")) {
            return malformed(
                    "service `%s` begins at `%s`".formatted(service.name(), service.base()));
        }
        return of(
                head,
                start[0],
                new Target("", service.name(), start[1].substring(service.base().length())),
                origin + service.base(),
                secret);
    }

    private static String[] start(Head head) {
        String[] start = head.start().split(" ", -1);
        boolean request =
                start.length == 3
                        && !start[0].isEmpty()
                        && start[0].chars().allMatch(Head::ofToken)
                        && start[2].equals("HTTP/1.1");
        return request ? start : new String[0];
    }

    static Read of(Head head, RunSecret secret, String localUrl) {
        String[] start = start(head);
        if (start.length == 0) {
            return malformed("not a request of HTTP/1.1");
        }
        Answers.Local stranger = LocalCaller.refusal(head, localUrl);
        if (stranger != null) {
            return new Read.Refused(stranger);
        }
        Target target = Target.of(start[1]);
        if (!secret.is(target.secret())) {
            return new Read.Refused(
                    Answers.problem(
                            403,
                            "not-permitted",
                            "only the program that daypass run started is served here",
                            "use the URLs in its environment"));
        }
        return of(head, start[0], target, localUrl + "/" + target.service(), secret);
    }

    private static Read of(Head head, String method, Target target, String home, RunSecret secret) {
        if (secret.in(target.service() + target.rest())) {
            return malformed("the run's own URL stands within the target, and does not leave here");
        }
        try {
            Head onwards =
                    head.forwarded()
                            .without(field -> DROPPED.contains(lower(field)))
                            .without(field -> secret.in(field.value()));
            return new Read.Good(
                    new LocalRequest(
                            method,
                            target.service(),
                            home,
                            target.rest(),
                            onwards,
                            Body.ofRequest(head),
                            head.lists("connection", "close"),
                            upgrade(head)));
        } catch (MalformedMessage e) {
            return malformed(e.why());
        }
    }

    private static final String WEBSOCKET = "websocket";

    // What the program says of itself is nothing to go by, and its host is this one.
    private static final java.util.Set<String> DROPPED =
            java.util.Set.of("host", "authorization", "dpop", "expect");

    /// Who would like HTTP/2 (`h2c`) gets HTTP/1.1: an upgrade may be ignored (RFC 9110, section
    /// 7.8).
    private static @Nullable String upgrade(Head head) {
        return head.lists("connection", "upgrade") && head.words("upgrade").contains(WEBSOCKET)
                ? WEBSOCKET
                : null;
    }

    private static String lower(Head.Field field) {
        return field.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Read malformed(String detail) {
        return new Read.Refused(
                Answers.problem(400, "malformed-request", detail, "send it otherwise"));
    }

    /// `/SECRET/service/rest?query`.
    private record Target(String secret, String service, String rest) {
        static Target of(String text) {
            if (!text.startsWith("/")) {
                return new Target("", "", "");
            }
            int first = end(text, 1);
            if (first == text.length() || text.charAt(first) != '/') {
                return new Target(text.substring(1, first), "", text.substring(first));
            }
            int second = end(text, first + 1);
            return new Target(
                    text.substring(1, first),
                    text.substring(first + 1, second),
                    text.substring(second));
        }

        private static int end(String text, int from) {
            int at = from;
            while (at < text.length() && text.charAt(at) != '/' && text.charAt(at) != '?') {
                at++;
            }
            return at;
        }
    }
}
