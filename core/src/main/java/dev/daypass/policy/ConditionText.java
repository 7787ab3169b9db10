package dev.daypass.policy;

import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;

/// A condition as written, and where.
///
/// @param rule the rule's name
/// @param text in CEL; at most 4,096 characters
/// @param place where it stands in its file
record ConditionText(String rule, String text, Place place) {
    static final int CHARS_MAX = 4_096;

    /// @param source how errors name the file
    /// @param file the whole file
    static ConditionText of(String rule, Yaml value, String source, String file) {
        String text = value.string();
        var place = Place.of(value, source, file);
        var condition = new ConditionText(rule, text, place);
        // YAML would take a leading `!` for a tag and drop the negation without a word.
        if (place.startsWith('!')) {
            throw condition.error(0, "the condition has a tag of YAML");
        }
        if (text.codePointCount(0, text.length()) > CHARS_MAX) {
            throw condition.error(
                    0, "the condition is longer than %d characters".formatted(CHARS_MAX));
        }
        return condition;
    }

    /// An error inside the condition.
    ///
    /// @param offset in code points from its start
    WireException error(int offset, String message) {
        return new WireException(
                "%s: rule `%s`: %s%s"
                        .formatted(place.at(offset), rule, message, place.inWords(text, offset)));
    }
}
