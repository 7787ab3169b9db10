package dev.daypass.permission;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The level of the permission tree between a service and its operations: what an operation is
/// about. It follows from what a grant says of the operation, so that it needs no catalog, and it
/// decides nothing: a grant permits operations.
///
/// - **An HTTP operation**: the first fixed word of its path, behind `api`, `mcp` and versions.
///   `/v1/offers/{id}/cancel` is about `offers`.
/// - **An MCP tool**: the last noun of its name before a preposition, in the singular.
///   `search_files_by_filename` and `create_file` are about `file`.
/// - Where nothing is left, `/`.
final class Resource {
    private static final Predicate<String> IN_FRONT =
            java.util.regex.Pattern.compile("(?i)api|rest|mcp|v?\\d+(\\.\\d+)*").asMatchPredicate();
    private static final Set<String> PREPOSITIONS =
            Set.of("of", "on", "for", "by", "per", "in", "to", "from", "with", "at", "via");

    private static final Set<String> LOOKING = Set.of("get", "read", "list", "view");

    private Resource() {}

    static String of(String name, PathTemplate path) {
        String about = path.toString().startsWith(Operation.TOOLS) ? noun(name) : firstWord(path);
        return about.isEmpty() ? "/" : about;
    }

    private static String firstWord(PathTemplate path) {
        return path.literals().stream()
                .filter(word -> !word.isEmpty() && !IN_FRONT.test(word))
                .findFirst()
                .orElse("");
    }

    private static String noun(String name) {
        List<String> words = NameWords.split(ToolName.lastPart(name));
        int end = words.size();
        for (int i = words.size() - 1; i > 1; i--) {
            end = PREPOSITIONS.contains(words.get(i)) ? i : end;
        }
        while (end > 1 && verb(words.get(end - 1))) {
            end--;
        }
        return end == 0 ? "" : NameWords.singular(words.get(end - 1));
    }

    // Words that are nouns as often, such as `order`, are none of these.
    private static boolean verb(String word) {
        return LOOKING.contains(word)
                || TraitWords.SEARCHING.contains(word)
                || TraitWords.REMOVING.contains(word)
                || TraitWords.UNMISTAKABLY_CHANGING.contains(word);
    }
}
