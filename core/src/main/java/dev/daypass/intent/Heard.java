package dev.daypass.intent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text that was last searched for instructions, with what was found: a parser and confinement
/// look at the same one, perhaps with different operations in mind.
final class Heard {
    private volatile @Nullable Found last;

    private record Found(String text, List<Span> sentences, List<Notice> instructions) {
        boolean of(String asked, List<Span> cut) {
            return text.equals(asked) && sentences.equals(cut);
        }
    }

    /// @param sentences of the text
    List<Notice> instructions(String text, List<Span> sentences) {
        Found known = last;
        if (known == null || !known.of(text, sentences)) {
            List<Notice> found = Instructions.in(text, Quotes.masked(text), sentences);
            known = new Found(text, sentences, List.copyOf(found));
            last = known;
        }
        return known.instructions();
    }
}
