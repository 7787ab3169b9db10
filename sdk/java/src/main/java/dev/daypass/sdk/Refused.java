package dev.daypass.sdk;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The server refused, with a problem document (RFC 9457). The nested classes are the kinds that an
/// agent can do something about.
public class Refused extends DaypassException {
    private static final long serialVersionUID = 1L;
    private static final String PROBLEMS = "https://daypass.dev/problems/";

    private final int status;
    private final transient Map<String, Object> problem;
    private final int retryAfter;

    Refused(Answered answered) {
        super(sentence(answered));
        this.status = answered.status();
        this.problem = answered.problem();
        this.retryAfter = answered.retryAfter();
    }

    /// A problem document as it came.
    ///
    /// @param status HTTP status
    /// @param problem the document
    /// @param retryAfter seconds; negative if nothing was said
    record Answered(int status, Map<String, Object> problem, int retryAfter) {
        Optional<String> text(String member) {
            return problem.get(member) instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        }
    }

    /// The refusal that an answer is, or nothing where it is the service's own answer.
    ///
    /// @param contentType its `content-type`, or an empty text
    /// @param retryAfter its `retry-after`, or an empty text
    static Optional<Refused> of(int status, String contentType, String retryAfter, String body) {
        if (status < 400 || !problem(contentType)) {
            return Optional.empty();
        }
        return Json.object(body)
                .map(read -> new Answered(status, read, seconds(retryAfter)))
                .filter(read -> read.text("type").orElse("").startsWith(PROBLEMS))
                .map(Refused::kind);
    }

    /// Whether an answer says that it is a problem document.
    static boolean problem(String contentType) {
        return contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/problem+json");
    }

    private static Refused kind(Answered answered) {
        String name = answered.text("type").orElse("").substring(PROBLEMS.length());
        return switch (name) {
            case "empty-grant" -> new NothingGranted(answered);
            case "not-understood" -> new NotUnderstood(answered);
            case "denied-by-rule" -> new Denied(answered);
            case "not-permitted" -> new NotPermitted(answered);
            case "invalid-client", "not-enrolled" -> new NotEnrolled(answered);
            case "too-many" -> new TooMany(answered);
            case "unavailable" -> new Unavailable(answered);
            case "invalid-token" ->
                    answered.text("step").orElse("").equals("fresh")
                            ? new Ended(answered)
                            : new Refused(answered);
            default -> new Refused(answered);
        };
    }

    private static String sentence(Answered answered) {
        String said =
                answered.text("detail")
                        .or(() -> answered.text("title"))
                        .orElse("refused with " + answered.status());
        String at = answered.text("step").map(" (at `%s`)"::formatted).orElse("");
        return said + at + answered.text("next").map("; next: %s"::formatted).orElse("");
    }

    private static int seconds(String value) {
        return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    }

    /// HTTP status.
    public final int status() {
        return status;
    }

    /// The whole document: texts, numbers, truth values, lists and maps.
    public final Map<String, Object> problem() {
        return problem;
    }

    /// The step of the opening or the calling line that objected.
    public final Optional<String> step() {
        return text("step");
    }

    /// What was wrong.
    public final Optional<String> detail() {
        return text("detail");
    }

    /// What to do about it.
    public final Optional<String> next() {
        return text("next");
    }

    /// For how many seconds to wait, if it is known.
    public final OptionalInt retryAfter() {
        return retryAfter < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
    }

    private Optional<String> text(String member) {
        return new Answered(status, problem, retryAfter).text(member);
    }

    /// The task's words justify nothing that this agent may have; `dropped` of the problem says why
    /// of each operation.
    public static final class NothingGranted extends Refused {
        private static final long serialVersionUID = 1L;

        NothingGranted(Answered answered) {
            super(answered);
        }
    }

    /// The task's words do not say clearly enough what is to be done; `questions` of the problem
    /// says what is open.
    public static final class NotUnderstood extends Refused {
        private static final long serialVersionUID = 1L;

        NotUnderstood(Answered answered) {
            super(answered);
        }
    }

    /// A rule says no.
    public static final class Denied extends Refused {
        private static final long serialVersionUID = 1L;

        Denied(Answered answered) {
            super(answered);
        }
    }

    /// The call is outside the account's grant. [Account#widen] asks for more.
    public static final class NotPermitted extends Refused {
        private static final long serialVersionUID = 1L;

        NotPermitted(Answered answered) {
            super(answered);
        }
    }

    /// The account has ended: completed, revoked, over, or its calls are spent.
    public static final class Ended extends Refused {
        private static final long serialVersionUID = 1L;

        Ended(Answered answered) {
            super(answered);
        }
    }

    /// The server does not know this agent.
    public static final class NotEnrolled extends Refused {
        private static final long serialVersionUID = 1L;

        NotEnrolled(Answered answered) {
            super(answered);
        }
    }

    /// Too much at once.
    public static final class TooMany extends Refused {
        private static final long serialVersionUID = 1L;

        TooMany(Answered answered) {
            super(answered);
        }
    }

    /// Nothing can be made durable or served now.
    public static final class Unavailable extends Refused {
        private static final long serialVersionUID = 1L;

        Unavailable(Answered answered) {
            super(answered);
        }
    }
}
