package dev.daypass.cli.command;

import java.util.ArrayList;
import java.util.List;

/// Text in lines of at most 80 characters, broken between words; a longer word has a line of its
/// own.
final class Wrapped {
    static final int WIDTH = 80;

    private Wrapped() {}

    /// @param first before the first line
    /// @param rest before the others
    /// @param text from anywhere; made visible
    static List<String> lines(String first, String rest, String text) {
        var out = new ArrayList<String>();
        var line = new StringBuilder(first);
        boolean empty = true;
        for (String word : Visible.of(text).split(" ", -1)) {
            int more = (empty ? 0 : 1) + width(word);
            if (!empty && width(line.toString()) + more > WIDTH) {
                out.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.add(line.toString());
        return out;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
