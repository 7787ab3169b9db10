package dev.daypass.intent;

import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.NameWords;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Trait;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Works out what an operation is about. Its name counts first; the path only where the name says
/// nothing of its own.
final class Shaping {
    private static final Set<String> PREPOSITIONS =
            Lexicon.words(
                    "by in for of from with at on per to via through using containing near between");
    private static final Set<String> SEARCHING =
            Lexicon.stems("search find query lookup locate grep");
    private static final Set<String> LISTING = Lexicon.stems("list all index browse");
    // Words that narrow a thing without telling it from others.
    private static final Set<String> LOOSE =
            Lexicon.words(
                    "available selected linked own report overview summary statistics stats history requirements");
    private static final Set<String> MAKING = Set.of("create", "add", "send", "submit", "run");
    // Kinds of action under which an operation may do more than its name says.
    private static final Set<String> VAGUE =
            Set.of(
                    "create", "add", "update", "run", "submit", "delete", "cancel", "send",
                    "attach", "admin");
    private static final double QUALIFIER = 0.7;
    private static final double UNKNOWN = 0.6;
    private static final double PARTICIPLE = 0.3;
    private static final double BEFORE_VERB = Double.parseDouble(System.getProperty("bv", "0.4"));
    private static final int SAME_DOING = 4;

    private final Operation operation;
    private final boolean reads;
    private final List<String> words;
    private final Map<String, Double> concepts = new LinkedHashMap<>();
    private final Map<String, Set<String>> either = new LinkedHashMap<>();
    private final String verb;
    private final int verbAt;
    private String head = "";

    Shaping(Operation operation) {
        Set<Trait> traits = operation.traits();
        this.operation = operation;
        this.reads =
                traits.contains(Trait.READ)
                        && !traits.contains(Trait.WRITE)
                        && !traits.contains(Trait.DELETE);
        this.words = NameWords.split(lastPart(operation.id().name()));
        this.verbAt = NameVerb.in(words, reads);
        this.verb = verbAt < 0 ? "" : Stem.of(words.get(verbAt));
    }

    Shape shape() {
        name();
        path();
        Set<String> stems = words.stream().map(Stem::of).collect(Collectors.toSet());
        operation.path().literals().forEach(literal -> stems.add(Stem.of(literal)));
        Set<String> groups = reads ? Set.of(Lexicon.LOOK) : groups();
        boolean makes = groups.contains("create") || groups.contains("add");
        return new Shape(
                operation,
                verb,
                groups,
                Collections.unmodifiableMap(concepts),
                Map.copyOf(either),
                head,
                new Needs(head, concepts.keySet(), makes).of(operation),
                reads,
                stems.stream().anyMatch(SEARCHING::contains),
                stems.stream().anyMatch(LISTING::contains));
    }

    static String lastPart(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
    }

    private void name() {
        boolean qualifier = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (PREPOSITIONS.contains(word)) {
                qualifier = i > 0;
            } else if (i != verbAt && !Lexicon.generic(Stem.of(word)) && word.length() > 1) {
                named(word, i, qualifier);
            }
        }
    }

    private void named(String word, int at, boolean qualifier) {
        String stem = Stem.of(word);
        if (!qualifier && !head.isEmpty() && alike(head, stem)) {
            concepts.remove(head);
            either.computeIfAbsent(stem, _ -> new LinkedHashSet<>()).add(head);
        }
        double weight = qualifier ? QUALIFIER : 1;
        if ((word.endsWith("ed") && at > 0) || LOOSE.contains(word)) {
            weight *= PARTICIPLE;
        }
        boolean known = Lexicon.vocabulary().contains(stem);
        if (at < verbAt && verbAt + 1 < words.size()) {
            weight *= BEFORE_VERB; // `repos-delete-webhook` is about a webhook
        }
        concepts.merge(stem, known ? weight : weight * UNKNOWN, Math::max);
        if (!qualifier || head.isEmpty()) {
            head = stem;
        }
    }

    // A `calendar event` is an event.
    private static boolean alike(String a, String b) {
        return Lexicon.things(a).contains(b) || Lexicon.things(b).contains(a);
    }

    private void path() {
        if (madeOfPath()) {
            concepts.clear();
            either.clear();
            head = "";
        }
        boolean named = !concepts.isEmpty();
        String name = operation.id().name();
        String owner = name.substring(0, name.length() - lastPart(name).length());
        for (String part : NameWords.split(owner)) {
            if (!part.equals("api") && part.length() > 1) {
                placed(Stem.of(part), named ? Shape.PARENT : 1, head.isEmpty());
            }
        }
        if (!named && !ofTool()) {
            literals();
        }
    }

    private void literals() {
        List<String> literals =
                operation.path().literals().stream()
                        .filter(literal -> NameWords.split(literal).stream().anyMatch(this::thing))
                        .toList();
        for (int at = 0; at < literals.size(); at++) {
            boolean last = at == literals.size() - 1;
            for (String part : NameWords.split(literals.get(at))) {
                if (thing(part)) {
                    placed(Stem.of(part), last ? 1 : Shape.PARENT, last || head.isEmpty());
                }
            }
        }
    }

    private boolean thing(String word) {
        String stem = Stem.of(word);
        return !SEARCHING.contains(stem) && !sameDoing(stem);
    }

    private void placed(String stem, double weight, boolean heads) {
        if (!Lexicon.generic(stem)) {
            concepts.putIfAbsent(stem, weight);
            head = heads ? stem : head;
        }
    }

    // `get_movies_movie_id_credits`: a name made of the path says less than the path.
    private boolean madeOfPath() {
        Set<String> of = new LinkedHashSet<>(NameWords.split(operation.path().toString()));
        of.add(operation.method().name().toLowerCase(Locale.ROOT));
        return !ofTool() && !operation.path().literals().isEmpty() && of.containsAll(words);
    }

    private boolean ofTool() {
        return operation.path().toString().startsWith("/mcp/");
    }

    // `cancellation` says no more than `cancel`.
    private boolean sameDoing(String stem) {
        return verb.length() >= SAME_DOING && stem.startsWith(verb.substring(0, SAME_DOING));
    }

    private Set<String> groups() {
        var out = new LinkedHashSet<String>(Lexicon.narrow(verb));
        List<String> literals = operation.path().literals();
        if (out.isEmpty() && !literals.isEmpty()) {
            String last = literals.getLast();
            if (NameWords.split(last).size() == 1 && !last.endsWith("s")) {
                out.addAll(Lexicon.narrow(Stem.of(last)));
            }
        }
        out.remove(Lexicon.LOOK);
        if (out.isEmpty()) {
            out.addAll(byMethod(operation.method()));
        }
        if (out.contains("delete") || out.contains("cancel")) {
            out.addAll(List.of("delete", "cancel"));
        }
        // A name that says little of what is done leaves it to the traits.
        if (VAGUE.containsAll(out)) {
            operation.traits().forEach(trait -> out.addAll(Kinds.ofTrait(trait)));
        }
        if (MAKING.stream().anyMatch(out::contains) || LIGHT.contains(verb)) {
            concepts.keySet().forEach(thing -> out.addAll(Kinds.ofThing(thing)));
        }
        // To open a return is to return, to grant a refund to refund.
        if (LIGHT.contains(verb) && !head.isEmpty()) {
            out.addAll(Lexicon.narrow(head));
            out.remove(Lexicon.LOOK);
            out.addAll(List.of("create", "submit"));
        }
        // Who changes a thing may call it anything that is no more than a change.
        if (CHANGING.contains(verb)) {
            out.addAll(Kinds.CHANGES);
        }
        if (ANSWERING.contains(verb) && concepts.keySet().stream().anyMatch(ANSWERED::contains)) {
            out.addAll(List.of("approve", "reject"));
        }
        return out;
    }

    private static final Set<String> LIGHT =
            Lexicon.stems(
                    "open make create issue grant start begin process initiate submit file place perform do give request raise lodge new post execute trigger launch");
    private static final Set<String> CHANGING =
            Lexicon.stems("update edit change modify patch set put amend adjust save");
    private static final Set<String> ANSWERING =
            Lexicon.stems("respond answer reply decide handle review process rsvp");
    private static final Set<String> ANSWERED =
            Lexicon.stems(
                    "invitation invite request offer proposal application order claim friend review");

    private static Set<String> byMethod(HttpMethod method) {
        return switch (method) {
            case POST -> Set.of("create", "add", "run", "submit");
            case PUT, PATCH -> Set.of("update");
            case DELETE -> Set.of("delete");
            case GET, HEAD, OPTIONS -> Set.of("run");
        };
    }
}
