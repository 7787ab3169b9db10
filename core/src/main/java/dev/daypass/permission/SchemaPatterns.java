package dev.daypass.permission;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.regex.Pattern;

/// Bounds on text as patterns of a schema, which are those of ECMA-262 (JSON Schema 2020-12,
/// section 6.4).
final class SchemaPatterns {
    /// Characters of a text that a pattern bounds: half of what a bound looks at, because there a
    /// character may count twice.
    static final int TEXT_CHARS_MAX = Matches.TEXT_CHARS_MAX / 2;

    // What both syntaxes read alike; a dot takes less in a schema than in a bound.
    private static final Pattern COMMON =
            Pattern.compile(
                    "(?:[A-Za-z0-9 _:@/,;=#%&~'\"<>!.*+?|-]|\\{\\d+(?:,\\d*)?\\}|\\((?!\\?)|\\(\\?:|\\)"
                            + "|\\[\\^?(?:[A-Za-z0-9 _@/,;=#%&~'\"<>!.*+?|(){}-]|\\\\[dw.\\\\/-])+\\]"
                            + "|\\\\[dw.*+?()|\\[\\]{}^$\\\\/])*");

    private static final String CLIMBING =
            "(^|[/\\\\]|%2[fF]|%5[cC])(\\.|%2[eE]){1,2}($|[/\\\\?#;]|%2[fF]|%5[cC])";

    /// What a bound header field may hold, because all servers read it alike.
    static final List<Json> OF_FIELDS =
            List.of(
                    Json.object()
                            .put("pattern", "^([!#-+.-~-]([ !#-+.-~-]*[!#-+.-~-])?)?$")
                            .build());

    private SchemaPatterns() {}

    static List<Json> of(Prefix prefix) {
        String start = prefix.start();
        var out = Json.object().put("pattern", "^" + escaped(start));
        if (start.indexOf('/') >= 0 || start.indexOf('\\') >= 0) {
            out.put("not", Json.object().put("pattern", CLIMBING).build());
        }
        return List.of(out.build());
    }

    static List<Json> of(Matches matches) {
        return common(matches)
                ? List.of(Json.object().put("pattern", "^(?:" + matches.pattern() + ")$").build())
                : List.of();
    }

    /// Whether a schema says all of a bound.
    static boolean said(Constraint bound) {
        return switch (bound) {
            case Constraint.OneOf _, Range _, Prefix _, MaxLength _ -> true;
            case Matches matches -> common(matches);
            case Constraint.All(var parts) ->
                    parts.stream().noneMatch(Range.class::isInstance)
                            && parts.stream().allMatch(SchemaPatterns::said);
            case Constraint.IfGiven(var then) -> said(then);
        };
    }

    private static boolean common(Matches matches) {
        return COMMON.matcher(matches.pattern()).matches();
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\^$.*+?()\\[\\]{}|/]", "\\\\$0");
    }
}
