package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operation is about, read from the names its makers gave it, never from their prose.
///
/// @param operation the operation
/// @param verb the word of its name that says what it does, as a stem; empty if none does
/// @param groups the kinds of action that it can be asked for by
/// @param concepts the things it names, each with its weight, the first-named first
/// @param either other names of a thing in the same name: `calendar event`
/// @param head the thing that it gives or changes; empty if it names none
/// @param needs arguments that name a thing
/// @param reads whether it changes nothing
/// @param searches whether it finds by words
/// @param lists whether it gives all there are
record Shape(
        Operation operation,
        String verb,
        Set<String> groups,
        Map<String, Double> concepts,
        Map<String, Set<String>> either,
        String head,
        List<Need> needs,
        boolean reads,
        boolean searches,
        boolean lists) {
    private static final Set<String> DESCRIBING =
            Set.of("details", "detail", "info", "information");
    static final double PARENT = 0.5;
    private static final double BRAND = Double.parseDouble(System.getProperty("brand", "0.18"));

    /// An argument that names a thing.
    ///
    /// @param parameter the argument
    /// @param thing what it names, as a stem
    /// @param kind how it names it
    record Need(Parameter parameter, String thing, Kind kind) {
        enum Kind {
            IDENTIFIER,
            NAME,
            PERSON
        }
    }

    /// The words of its service's name, as stems.
    List<String> service() {
        return NameWords.split(operation.id().service().value()).stream().map(Stem::of).toList();
    }

    /// The words of its name before the one that says what it does, as stems.
    List<String> leading() {
        List<String> words = NameWords.split(Shaping.lastPart(operation.id().name()));
        int verb = NameVerb.in(words, reads);
        return words.subList(0, Math.max(0, verb)).stream().map(Stem::of).toList();
    }

    /// Everything that it can be called by.
    Set<String> names() {
        var out = new LinkedHashSet<>(concepts.keySet());
        either.values().forEach(out::addAll);
        return out;
    }

    /// Whether it says of itself that it gives the details of a thing.
    boolean describes() {
        List<String> words = NameWords.split(operation.id().name());
        return reads && words.stream().anyMatch(DESCRIBING::contains);
    }

    /// Whether it searches everything there is.
    boolean findsAnything() {
        return reads && searches && (concepts.isEmpty() || ANYTHING.containsAll(concepts.keySet()));
    }

    private static final Set<String> ANYTHING =
            Lexicon.stems(
                    "catalog catalogue everything anything all item content database index multi global library entity");

    /// Whether one of its arguments is an identifier.
    boolean identifies() {
        return needs.stream().anyMatch(n -> n.kind() == Need.Kind.IDENTIFIER);
    }

    /// Whether it is about everything that another is about.
    boolean isAbout(Shape other) {
        return concepts.keySet().containsAll(other.concepts.keySet());
    }

    /// Whether it gives one thing of which the identifier is known.
    boolean details() {
        return reads
                && !searches
                && needs.size() == 1
                && needs.getFirst().kind() == Need.Kind.IDENTIFIER
                && needs.getFirst().thing().equals(head)
                && telling() == 1;
    }

    /// How many of its concepts tell it from others.
    long telling() {
        return concepts.values().stream().filter(w -> w >= PARENT).count();
    }

    /// The same without the weight of words that many names of a catalog share and nobody knows.
    Shape lighter(Set<String> brands) {
        if (concepts.size() < 2 || concepts.keySet().stream().noneMatch(brands::contains)) {
            return this;
        }
        var weighed = new LinkedHashMap<>(concepts);
        weighed.replaceAll(
                (stem, weight) -> brands.contains(stem) && !stem.equals(head) ? BRAND : weight);
        return new Shape(
                operation,
                verb,
                groups,
                Collections.unmodifiableMap(weighed),
                either,
                head,
                needs,
                reads,
                searches,
                lists);
    }

    static Shape of(Operation operation) {
        return new Shaping(operation).shape();
    }
}
