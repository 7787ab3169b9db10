package dev.daypass.permission;

import java.util.List;

/// What the name of a tool says that it does, where no method does.
final class ToolName {
    private ToolName() {}

    /// @param reads whether it only looks
    /// @param why in words
    record Effect(boolean reads, String why) {}

    static Effect effect(String name) {
        List<String> words = NameWords.split(lastPart(name));
        boolean changes =
                words.stream()
                        .anyMatch(w ->
                                TraitWords.CHANGING.contains(w) || TraitWords.REMOVING.contains(w));
        changes |= !words.isEmpty() && TraitWords.CHANGING_IF_FIRST.contains(words.getFirst());
        if (!changes && thing(words)) {
            return new Effect(true, "its name is that of a thing, and no word in it changes one");
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean particle =
                    i + 1 < words.size() && TraitWords.PARTICLES.contains(words.get(i + 1));
            if ((TraitWords.READING.contains(word) && !particle) || opensToRead(words, i)) {
                return new Effect(true, "word `%s` in its name: looking".formatted(word));
            }
            if (TraitWords.UNMISTAKABLY_CHANGING.contains(word)
                    || TraitWords.REMOVING.contains(word)) {
                return new Effect(false, "word `%s` in its name: changing".formatted(word));
            }
        }
        return new Effect(false, "no word in its name says that it only looks");
    }

    private static boolean thing(List<String> words) {
        return words.stream().anyMatch(TraitWords.LINKING::contains)
                || words.stream().anyMatch(TraitWords.THINGS_ONLY::contains)
                || (!words.isEmpty()
                        && words.getLast().length() > 3
                        && words.getLast().endsWith("s"));
    }

    private static boolean opensToRead(List<String> words, int at) {
        return words.get(at).equals("open")
                && words.size() == at + 2
                && TraitWords.OPENED_TO_READ.contains(words.getLast());
    }

    // `cart_remove_product` is judged as `remove_product` is.
    static String verbFirst(String name) {
        List<String> words = NameWords.split(lastPart(name));
        for (int i = 1; i < words.size(); i++) {
            if (TraitWords.REMOVING.contains(words.get(i))
                    && !TraitWords.READING.contains(words.getFirst())) {
                return String.join("_", words.subList(i, words.size()))
                        + "_"
                        + String.join("_", words.subList(0, i));
            }
        }
        return name;
    }

    // `issues/add-labels`, `chat.postMessage`, `files:copy`: the verb is in the last part.
    static String lastPart(String name) {
        int cut = -1;
        for (int i = 0; i < name.length() - 1; i++) {
            if ("/.:#".indexOf(name.charAt(i)) >= 0) {
                cut = i;
            }
        }
        return name.substring(cut + 1);
    }
}
