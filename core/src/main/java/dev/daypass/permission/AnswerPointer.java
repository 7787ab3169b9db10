package dev.daypass.permission;

import java.util.ArrayList;
import java.util.List;

/// Places in a JSON answer: a JSON Pointer (RFC 6901) in which `*` stands for every item of an
/// array and every member of an object, and `**` for any number of levels.
///
/// @param steps from the outside inward, at least one
record AnswerPointer(List<Step> steps) {
    static final int STEPS_MAX = 16;
    static final int CHARS_MAX = 512;

    AnswerPointer {
        steps = List.copyOf(steps);
    }

    sealed interface Step {
        /// @param name of a member, or the number of an array's item
        record Name(String name) implements Step {}

        /// Every item or member.
        record Each() implements Step {}

        /// Any number of levels.
        record Deep() implements Step {}
    }

    /// @throws IllegalArgumentException saying what is wrong with it
    static AnswerPointer parse(String pointer) {
        if (!pointer.startsWith("/") || pointer.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "`%s` is not a json pointer of at most %d characters, such as /items/*/email"
                            .formatted(
                                    pointer.length() > 80 ? pointer.substring(0, 80) : pointer,
                                    CHARS_MAX));
        }
        var out = new ArrayList<Step>();
        for (String token : pointer.substring(1).split("/", -1)) {
            out.add(step(pointer, token));
        }
        if (out.size() > STEPS_MAX) {
            throw new IllegalArgumentException(
                    "`%s` is deeper than %d levels".formatted(pointer, STEPS_MAX));
        }
        if (out.getLast() instanceof Step.Deep) {
            throw new IllegalArgumentException(
                    "`%s` ends with `**`; say what is to be dropped below".formatted(pointer));
        }
        return new AnswerPointer(out);
    }

    private static Step step(String pointer, String token) {
        try {
            return switch (token) {
                case "*" -> new Step.Each();
                case "**" -> new Step.Deep();
                default -> new Step.Name(JsonPointers.plain(token));
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("`%s` %s".formatted(pointer, e.getMessage()), e);
        }
    }
}
