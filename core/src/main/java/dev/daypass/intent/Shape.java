package dev.daypass.intent;

import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
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
    private static final Set<String> PREPOSITIONS =
            Lexicon.words(
                    "by in for of from with at on per to via through using containing near between");
    private static final Set<String> SEARCHING =
            Lexicon.stems("search find query lookup locate grep");
    private static final Set<String> LISTING = Lexicon.stems("list all index browse");
    private static final Set<String> DESCRIBING =
            Set.of("details", "detail", "info", "information");
    private static final double PARENT = 0.5;
    private static final double QUALIFIER = 0.7;
    private static final double UNKNOWN = 0.6;
    private static final double PARTICIPLE = 0.3;
    private static final double BRAND = 0.3;
    private static final Set<String> LOOSE =
            Lexicon.words(
                    "available selected linked own report overview summary statistics stats history requirements");

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

    /// Everything that it can be called by.
    Set<String> names() {
        var out = new LinkedHashSet<>(concepts.keySet());
        either.values().forEach(out::addAll);
        return out;
    }

    /// Whether it says of itself that it gives the details of a thing.
    boolean describes() {
        List<String> words = Names.words(operation.id().name());
        return reads && words.stream().anyMatch(DESCRIBING::contains);
    }

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
        weighed.replaceAll((stem, weight) ->
                brands.contains(stem) && !stem.equals(head) ? weight * BRAND : weight);
        return new Shape(
                operation,
                verb,
                groups,
                Map.copyOf(weighed),
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

    /// Works a shape out.
    private static final class Shaping {
        private final Operation operation;
        private final boolean reads;
        private final List<String> words;
        private final Map<String, Double> concepts = new LinkedHashMap<>();
        private final Map<String, Set<String>> either = new LinkedHashMap<>();
        private String verb = "";
        private int verbAt = -1;
        private String head = "";

        Shaping(Operation operation) {
            this.operation = operation;
            this.reads =
                    operation.traits().contains(Trait.READ)
                            && !operation.traits().contains(Trait.WRITE)
                            && !operation.traits().contains(Trait.DELETE);
            this.words = Names.words(lastPart(operation.id().name()));
        }

        Shape shape() {
            findVerb();
            name();
            path();
            Set<String> stems = Set.copyOf(words.stream().map(Stem::of).toList());
            boolean searches =
                    stems.stream().anyMatch(SEARCHING::contains)
                            || operation.path().literals().stream()
                                    .anyMatch(l -> SEARCHING.contains(Stem.of(l)));
            boolean lists = stems.stream().anyMatch(LISTING::contains);
            return new Shape(
                    operation,
                    verb,
                    groups(),
                    Map.copyOf(concepts),
                    Map.copyOf(either),
                    head,
                    needs(),
                    reads,
                    searches,
                    lists);
        }

        private static String lastPart(String name) {
            int cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('.'));
            return name.substring(cut + 1);
        }

        /// The first word that is a verb and nothing else; failing that, the first word if it can
        /// be one.
        // `calendar event` is an event.
        private static boolean alike(String a, String b) {
            return Lexicon.things(a).contains(b) || Lexicon.things(b).contains(a);
        }

        private void findVerb() {
            for (int i = 0; reads && i < words.size(); i++) {
                if (PLAIN.contains(words.get(i))) {
                    verb = Stem.of(words.get(i));
                    verbAt = i;
                    return;
                }
            }
            boolean thingFirst = words.size() > 1 && plural(words.getFirst());
            for (int i = thingFirst ? 1 : 0; i < words.size(); i++) {
                String word = words.get(i);
                if (thingFirst && !Lexicon.groups(Stem.of(word)).isEmpty() && !nounLike(i)) {
                    verb = Stem.of(word);
                    verbAt = i;
                    return;
                }
                boolean known = !Lexicon.groups(Stem.of(word)).isEmpty();
                if (known
                        && (i == 0
                                ? !Verbal.either(word) || words.size() > 1 && acts(i)
                                : !Verbal.either(word) && !nounLike(i))) {
                    verb = Stem.of(word);
                    verbAt = i;
                    return;
                }
                if (PREPOSITIONS.contains(word)) {
                    break;
                }
            }
            for (int i = 0; i < words.size(); i++) {
                if (!Lexicon.groups(Stem.of(words.get(i))).isEmpty() && !reads) {
                    verb = Stem.of(words.get(i));
                    verbAt = i;
                    return;
                }
            }
        }

        // `order_history` and `email_search` begin with a noun, `order_pizza` and `share_file` with
        // a verb: what follows tells, and for a reading operation it is a noun.
        private boolean acts(int i) {
            return !reads
                    || Lexicon.reading(Stem.of(words.get(i)))
                            && !words.subList(i + 1, words.size()).stream()
                                    .anyMatch(w ->
                                            SEARCHING.contains(Stem.of(w))
                                                    || w.equals("get")
                                                    || w.equals("list"));
        }

        private static boolean plural(String word) {
            return word.length() > 3
                    && word.endsWith("s")
                    && !word.endsWith("ss")
                    && !word.equals("access")
                    && !word.equals("process");
        }

        private boolean nounLike(int i) {
            return words.get(i).endsWith("s") && i > 0
                    || words.get(i).endsWith("ing")
                    || words.get(i).endsWith("ed");
        }

        private void name() {
            boolean qualifier = false;
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (PREPOSITIONS.contains(word)) {
                    qualifier = i > 0;
                    continue;
                }
                String stem = Stem.of(word);
                if (i == verbAt || Lexicon.generic(stem) || word.length() < 2) {
                    continue;
                }
                double weight = qualifier ? QUALIFIER : 1;
                if (!qualifier && !head.isEmpty() && alike(head, stem)) {
                    concepts.remove(head);
                    either.computeIfAbsent(stem, _ -> new LinkedHashSet<>()).add(head);
                }
                if (word.endsWith("ed") && i > 0 || LOOSE.contains(word)) {
                    weight *= PARTICIPLE;
                }
                concepts.merge(
                        stem,
                        Lexicon.vocabulary().contains(stem) ? weight : weight * UNKNOWN,
                        Math::max);
                if (!qualifier || head.isEmpty()) {
                    head = stem;
                }
            }
        }

        /// Where the name says nothing, the path says what it is about; what stands before the last
        /// part of the name is what it belongs to.
        private void path() {
            boolean made = madeOfPath();
            if (made) {
                concepts.clear();
                either.clear();
                head = "";
            }
            boolean named = !concepts.isEmpty();
            for (String part : Names.words(before(operation.id().name()))) {
                String stem = Stem.of(part);
                if (!Lexicon.generic(stem) && !part.equals("api") && part.length() > 1) {
                    concepts.putIfAbsent(stem, named ? PARENT : 1);
                    head = head.isEmpty() ? stem : head;
                }
            }
            if (named || operation.path().toString().startsWith("/mcp/")) {
                return;
            }
            List<String> literals = operation.path().literals();
            for (int at = 0; at < literals.size(); at++) {
                boolean last = at == literals.size() - 1;
                for (String part : Names.words(literals.get(at))) {
                    String stem = Stem.of(part);
                    if (!Lexicon.generic(stem) && !SEARCHING.contains(stem) && !sameDoing(stem)) {
                        concepts.putIfAbsent(stem, last ? 1.0 : PARENT);
                        head = last || head.isEmpty() ? stem : head;
                    }
                }
            }
        }

        // `get_movies_movie_id_credits`: a name made of the path says less than the path.
        private boolean madeOfPath() {
            Set<String> of = new java.util.HashSet<>(Names.words(operation.path().toString()));
            of.add(operation.method().name().toLowerCase(java.util.Locale.ROOT));
            return !operation.path().toString().startsWith("/mcp/")
                    && !operation.path().literals().isEmpty()
                    && of.containsAll(words);
        }

        // `cancellation` says no more than `cancel`.
        private boolean sameDoing(String stem) {
            return verb.length() > 3 && stem.startsWith(verb.substring(0, 4));
        }

        private static String before(String name) {
            return name.substring(0, name.length() - lastPart(name).length());
        }

        private Set<String> groups() {
            var out = new LinkedHashSet<String>();
            if (reads) {
                out.add(Lexicon.LOOK);
                return out;
            }
            out.addAll(Lexicon.narrow(verb));
            for (String literal : operation.path().literals().reversed()) {
                Set<String> said = Lexicon.narrow(Stem.of(literal));
                if (out.isEmpty() && Names.words(literal).size() == 1 && !literal.endsWith("s")) {
                    out.addAll(said);
                }
                break;
            }
            out.remove(Lexicon.LOOK);
            if (out.isEmpty()) {
                out.addAll(byMethod(operation.method()));
            }
            if (out.contains("delete")) {
                out.add("cancel");
            }
            if (out.contains("cancel")) {
                out.add("delete");
            }
            // A name that says little of what is done leaves it to the traits.
            if (VAGUE.containsAll(out)) {
                operation.traits().forEach(trait -> out.addAll(Kinds.ofTrait(trait)));
            }
            concepts.keySet()
                    .forEach(c -> {
                        if (out.contains("create")
                                || out.contains("add")
                                || out.contains("send")
                                || out.contains("submit")
                                || out.contains("run")) {
                            out.addAll(Kinds.ofThing(c));
                        }
                    });
            return out;
        }

        private static Set<String> byMethod(HttpMethod method) {
            return switch (method) {
                case POST -> Set.of("create", "add", "run", "submit");
                case PUT, PATCH -> Set.of("update");
                case DELETE -> Set.of("delete");
                case GET, HEAD, OPTIONS -> Set.of("run");
            };
        }

        private List<Need> needs() {
            var out = new ArrayList<Need>();
            for (Parameter parameter : operation.parameters()) {
                Need need = parameter.choices().isEmpty() ? need(parameter) : null;
                if (need != null && (parameter.required() || need.kind() == Need.Kind.PERSON)) {
                    out.add(need);
                }
            }
            return out;
        }

        private static final Set<String> VAGUE =
                Set.of(
                        "create", "add", "update", "run", "submit", "delete", "cancel", "send",
                        "attach", "admin");
        private static final Set<String> PLAIN =
                Lexicon.words("get list search find read view fetch retrieve browse lookup");
        private static final Set<String> ID =
                Lexicon.words(
                        "id ids number numbers key ref reference code slug uuid sku handle no num");
        private static final Set<String> NAME = Lexicon.words("name names title");
        private static final Set<String> PERSON =
                Lexicon.words(
                        "recipient recipients to participants participant attendees attendee assignee assignees email emails receiver cc invitees invitee members collaborators reviewers user username payee iban account phone guests beneficiary");

        private @org.jspecify.annotations.Nullable Need need(Parameter parameter) {
            List<String> parts = new ArrayList<>(Names.words(parameter.name()));
            String last = parts.getLast();
            boolean path = parameter.place() == Parameter.Place.PATH;
            boolean identifies = ID.contains(last);
            if (identifies || NAME.contains(last)) {
                parts.removeLast();
                String thing = parts.isEmpty() ? head : Stem.of(parts.getLast());
                if (!identifies
                        && (parts.isEmpty()
                                || !reads
                                        && Set.of("create", "add").stream()
                                                .anyMatch(groups()::contains)
                                        && thing.equals(head))) {
                    return null; // the name of something new
                }
                return thing.isEmpty()
                        ? null
                        : new Need(
                                parameter,
                                thing,
                                identifies ? Need.Kind.IDENTIFIER : Need.Kind.NAME);
            }
            if (PERSON.contains(last)) {
                return new Need(parameter, "person", Need.Kind.PERSON);
            }
            if (path
                    || Lexicon.vocabulary().contains(Stem.of(last))
                            && (concepts.containsKey(Stem.of(last)))) {
                return new Need(parameter, Stem.of(last), Need.Kind.NAME);
            }
            return null;
        }
    }
}
