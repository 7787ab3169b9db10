package dev.daypass.issuer;

import dev.daypass.permission.Trait;
import java.util.Set;
import java.util.stream.Collectors;

/// The rule that a leaf with some traits had to meet, in words.
final class JustificationText {
    private JustificationText() {}

    static String of(Set<Trait> traits) {
        return traits.stream()
                .sorted()
                .map(JustificationText::of)
                .collect(Collectors.joining("; "));
    }

    private static String of(Trait trait) {
        return switch (trait) {
            case READ -> "reading needs words that name the thing";
            case WRITE -> "writing needs a word of creating or changing";
            case DELETE -> "deleting needs a word of removing";
            case MONEY -> "money needs a word of paying";
            case PERSONAL -> "what is personal needs words that name the thing";
            case SECRET -> "a secret needs a word for it";
            case ADMIN -> "administering needs a word of it";
            case OUTWARD -> "sending needs a word of sending";
            case IDENTITY -> "sign-in and roles need a word for them";
        };
    }
}
