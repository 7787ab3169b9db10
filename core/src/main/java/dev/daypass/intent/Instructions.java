package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the parts of a text that try to instruct the system rather than state a task. From the
/// first such sentence on nothing of a text is counted.
final class Instructions {
    private static final Signs SIGNS = Signs.shipped();

    private Instructions() {}

    /// @param masked the text with blanks for what it only cites
    /// @param sentences of the text
    /// @return the sentences that instruct, in order, each with what is wrong with it
    static List<Notice> in(String text, String masked, List<Span> sentences) {
        var out = new ArrayList<Notice>();
        for (Span sentence : sentences) {
            note(text, sentence, masked.substring(sentence.start(), sentence.end()), out);
        }
        for (Span run : runs(masked, sentences)) {
            String said = masked.substring(run.start(), run.end());
            note(text, run, CUTS.matcher(said).replaceAll(" "), out);
        }
        return out;
    }

    private static void note(String text, Span span, String said, List<Notice> out) {
        String why = SIGNS.in(said);
        if (why != null) {
            out.add(new Notice(span, text.substring(span.start(), span.end()).strip(), why));
        }
    }

    /// Sentences that are none: `You! Are! Now!`, or a line that the next goes on with. What they
    /// say is said by all of them together.
    private static List<Span> runs(String masked, List<Span> sentences) {
        var out = new ArrayList<Span>();
        for (int first = 0; first < sentences.size(); first++) {
            int last = first;
            while (last + 1 < sentences.size()
                    && goesOn(masked, sentences.get(last), sentences.get(last + 1))) {
                last++;
            }
            if (last > first) {
                out.add(new Span(sentences.get(first).start(), sentences.get(last).end()));
            }
            first = last;
        }
        return out;
    }

    private static boolean goesOn(String masked, Span sentence, Span next) {
        String said = masked.substring(sentence.start(), sentence.end());
        String then = masked.substring(next.start(), next.end()).strip();
        boolean lineOnly = !said.isBlank() && Character.isLetterOrDigit(lastVisible(said));
        return (lineOnly && !then.isEmpty() && Character.isLowerCase(then.codePointAt(0)))
                || WORDS.matcher(said).results().limit(FEW + 1L).count() <= FEW;
    }

    private static int lastVisible(String said) {
        String stripped = said.stripTrailing();
        return stripped.codePointBefore(stripped.length());
    }

    private static final Pattern CUTS = Pattern.compile("[\\s.,;:!?…]+");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\d]+");
    private static final int FEW = 3;
}
