package dev.daypass.policy;

import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the YAML of a rule file into rules whose conditions are still text.
final class RuleFile {
    static final int RULES_MAX = 200;
    static final int MESSAGE_CHARS_MAX = 500;
    static final long CALLS_MAX = 1_000_000_000_000L;

    /// Who may approve where a rule does not say.
    static final String ANY_OPERATOR = "operator";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern APPROVER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,126}");
    private static final Pattern NEGATION =
            Pattern.compile("^\\s*(?:- )?(?:deny|approve|when):\\s*!", Pattern.MULTILINE);
    private static final String QUOTE = "a condition that begins with `!` needs quotes";
    private static final String EMPTY = ": is empty; for no rules write `rules: []`";
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]*");

    private final String source;
    private final String text;

    private RuleFile(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /// @throws WireException with line and column
    static List<RuleText> read(String source, String text) {
        try {
            return new RuleFile(source, text).read();
        } catch (WireException e) {
            // YAML takes a leading `!` for a tag: its own error would not tell what to do.
            throw NEGATION.matcher(text).find()
                    ? new WireException("%s (%s)".formatted(e.getMessage(), QUOTE))
                    : e;
        }
    }

    private List<RuleText> read() {
        // An empty file may be a truncated one: it must not read as "no rules".
        Yaml root = Yaml.parse(source, text).orElseThrow(() -> new WireException(source + EMPTY));
        List<Yaml> items = root.require("rules").items();
        root.end();
        if (items.size() > RULES_MAX) {
            throw items.get(RULES_MAX)
                    .error("is one too many; at most %d rules".formatted(RULES_MAX));
        }
        return rules(items);
    }

    private List<RuleText> rules(List<Yaml> items) {
        Set<String> names = new HashSet<>();
        List<RuleText> out = new ArrayList<>();
        for (Yaml item : items) {
            RuleText rule = rule(item);
            if (!names.add(rule.info().name())) {
                throw item.require("name")
                        .error("is `%s` again; names are unique".formatted(rule.info().name()));
            }
            out.add(rule);
        }
        return out;
    }

    private RuleText rule(Yaml item) {
        String name = name(item.require("name"));
        Set<Stage> on = stages(item.require("on"));
        var parts = Parts.of(item);
        item.end();
        parts.check(item, on);
        String message = message(item.get("message"));
        Yaml condition = parts.condition(item);
        var text = ConditionText.of(name, condition, source, this.text);
        var info = new RuleInfo(name, on, parts.effect(), text.text(), message);
        return new RuleText(info, text);
    }

    private static String name(Yaml value) {
        if (!NAME.matcher(value.string()).matches()) {
            throw value.error("is not a name; permitted: 1 to 63 of a-z, 0-9 and -");
        }
        return value.string();
    }

    private static Set<Stage> stages(Yaml value) {
        Set<Stage> on = EnumSet.noneOf(Stage.class);
        for (Yaml item : value.items()) {
            on.add(stage(item));
        }
        if (on.isEmpty()) {
            throw value.error("is empty; expected open, call or both");
        }
        return on;
    }

    private static Stage stage(Yaml value) {
        for (Stage stage : Stage.values()) {
            if (stage.word().equals(value.string())) {
                return stage;
            }
        }
        throw value.error("is `%s`; expected open or call".formatted(value.string()));
    }

    private static @Nullable String message(@Nullable Yaml value) {
        if (value == null) {
            return null;
        }
        String message = value.string();
        if (message.isBlank()
                || message.length() > MESSAGE_CHARS_MAX
                || !PRINTABLE.matcher(message).matches()) {
            throw value.error(
                    "is not a message; expected one line of at most %d characters"
                            .formatted(MESSAGE_CHARS_MAX));
        }
        return message;
    }

    /// The members that make the effect.
    private record Parts(
            @Nullable Yaml deny,
            @Nullable Yaml approve,
            @Nullable Yaml cap,
            @Nullable Yaml by,
            @Nullable Yaml when) {
        static Parts of(Yaml item) {
            item.get("message");
            return new Parts(
                    item.get("deny"),
                    item.get("approve"),
                    item.get("cap"),
                    item.get("by"),
                    item.get("when"));
        }

        void check(Yaml item, Set<Stage> on) {
            if (count() != 1) {
                throw item.error(
                        "has %d effects; expected exactly one of deny, approve and cap"
                                .formatted(count()));
            }
            if (by != null && approve == null) {
                throw by.error("goes with approve only");
            }
            if (when != null && cap == null) {
                throw when.error("goes with cap only; deny and approve hold their own condition");
            }
            if (on.contains(Stage.CALL) && deny == null) {
                throw (approve != null ? approve : item.require("cap"))
                        .error("makes no sense on call; expected `on: [open]`, or deny");
            }
        }

        private int count() {
            return (deny == null ? 0 : 1) + (approve == null ? 0 : 1) + (cap == null ? 0 : 1);
        }

        Yaml condition(Yaml item) {
            if (deny != null) {
                return deny;
            }
            return approve != null ? approve : item.require("when");
        }

        Effect effect() {
            if (cap != null) {
                return new Effect.Cap(caps(cap));
            }
            return approve != null ? new Effect.Approve(approver(by)) : new Effect.Deny();
        }
    }

    private static String approver(@Nullable Yaml value) {
        if (value == null) {
            return ANY_OPERATOR;
        }
        if (!APPROVER.matcher(value.string()).matches()) {
            throw value.error(
                    "is not who may approve; permitted: 1 to 127 of A-Z, a-z, 0-9, `.`, `_`, `@` and `-`");
        }
        return value.string();
    }

    private static Caps caps(Yaml value) {
        Yaml ttl = value.get("ttl");
        Yaml calls = value.get("calls");
        value.end();
        if (ttl == null && calls == null) {
            throw value.error("bounds nothing; expected ttl, calls or both");
        }
        return new Caps(
                ttl == null ? null : positive(ttl),
                calls == null ? null : calls.wholeNumber(1, CALLS_MAX));
    }

    private static Duration positive(Yaml value) {
        Duration duration = value.duration();
        if (!duration.isPositive()) {
            throw value.error("is nothing; expected more than 0s");
        }
        return duration;
    }
}
