package dev.daypass.permission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What an operation does, judged by its method and the names it uses; never by prose, so that a
/// description cannot talk an operation harmless. Where a name can be read two ways, the reading
/// that needs more trust wins: a trait too many costs an approval, a trait too few costs more.
///
/// More names never take a trait away: adding a tag or a parameter can only add traits.
///
/// - **READ**: GET, HEAD and OPTIONS; and POST whose name begins or ends with search, query, find
///   or lookup, or begins with list followed by a noun, or whose path ends in one of the first
///   four, as long as neither its name nor its path has a word that changes something.
/// - **WRITE**: every other POST, PUT and PATCH; and a method that should only read but whose name
///   begins with, or whose path ends in, a word that can only mean a change.
/// - **DELETE**: DELETE; and any method whose name begins with, or whose path ends in, a word that
///   removes something.
/// - **MONEY**: a word of payment anywhere; or, where the operation writes, an order or a booking.
/// - **PERSONAL**: a word for a person or what belongs to one, anywhere.
/// - **SECRET**: a word for a key, token or password. A parameter that only carries the caller's
///   own credential or the position in a list (`api_key`, `page_token`) does not count, nor does a
///   parameter that is merely a `key`.
/// - **ADMIN**: a word for how the service is run, in name, path or tags; in parameters only where
///   the operation changes something.
/// - **OUTWARD**: a word for sending or publishing in name, path or tags, or a recipient among the
///   parameters, where the operation changes something: to read an inbox sends nothing.
/// - **IDENTITY**: a word for sign-in, roles or membership in name, path or tags; in parameters
///   only where the operation changes something.
public final class TraitRules {
    private static final String PAYMENT = ": payment";
    private static final String ORDER = ": an order or a booking";
    private static final String PERSON = ": a person or what belongs to one";
    private static final String SECRET = ": a key, token or password";
    private static final String RUNNING = ": how the service is run";
    private static final String SENDING = ": sending or publishing";
    private static final String RECIPIENT = ": a recipient";
    private static final String SIGN_IN = ": sign-in, roles or membership";
    private static final String CHANGES = ", and it changes something";
    private static final String NOT_KEPT = "a name in its document that is not kept";

    private TraitRules() {}

    /// The names that traits are judged by.
    ///
    /// @param method HTTP method
    /// @param name the operation's name at its service
    /// @param path its path; variables count as parameters
    /// @param tags the groups that the service puts it in
    /// @param parameters the names of its arguments, wherever they travel
    public record Facts(
            HttpMethod method,
            String name,
            PathTemplate path,
            List<String> tags,
            List<String> parameters) {
        public Facts {
            tags = List.copyOf(tags);
            parameters = List.copyOf(parameters);
        }
    }

    /// The traits of an operation: at least one of read, write and delete, and whatever else its
    /// names say.
    public static Set<Trait> of(Facts facts) {
        return EnumSet.copyOf(reasons(facts).keySet());
    }

    /// The traits of a tool that tells no method: what its name begins with, behind the name of
    /// what it belongs to, stands for one. A name without a verb that reads is taken to change
    /// something.
    ///
    /// @param name the tool's name
    /// @param tags the groups it is in
    /// @param parameters the names of its arguments
    public static Set<Trait> ofTool(String name, List<String> tags, List<String> parameters) {
        return EnumSet.copyOf(reasonsOfTool(name, tags, parameters).keySet());
    }

    /// For each trait of an operation the fact that it follows from, and the rule: ``method
    /// DELETE``, ``word `invoice` in its path: payment``. Where no name of the operation gives a
    /// trait, a hint of its server or a name that was not kept has.
    public static Map<Trait, String> reasons(Operation operation) {
        List<String> parameters = operation.parameters().stream().map(Parameter::name).toList();
        String name = operation.id().name();
        Map<Trait, String> ruled =
                operation.tool()
                        ? reasonsOfTool(name, operation.tags(), parameters)
                        : reasons(
                                new Facts(
                                        operation.method(),
                                        name,
                                        operation.path(),
                                        operation.tags(),
                                        parameters));
        var out = new EnumMap<Trait, String>(Trait.class);
        for (Trait trait : operation.traits()) {
            String elsewhere = operation.tool() ? hint(trait) : NOT_KEPT;
            out.put(trait, ruled.getOrDefault(trait, elsewhere));
        }
        return out;
    }

    private static String hint(Trait trait) {
        return switch (trait) {
            case WRITE -> "hint `readOnlyHint: false` or `destructiveHint: true` of its server";
            case DELETE -> "hint `destructiveHint: true` of its server";
            case OUTWARD -> "hint `openWorldHint: true` of its server" + CHANGES;
            case READ, MONEY, PERSONAL, SECRET, ADMIN, IDENTITY -> NOT_KEPT;
        };
    }

    private static Map<Trait, String> reasonsOfTool(
            String name, List<String> tags, List<String> parameters) {
        ToolName.Effect effect = ToolName.effect(name);
        HttpMethod method = effect.reads() ? HttpMethod.GET : HttpMethod.POST;
        return reasons(
                new Facts(
                        method,
                        ToolName.verbFirst(name),
                        PathTemplate.parse("/"),
                        tags,
                        parameters),
                effect.why());
    }

    private static Map<Trait, String> reasons(Facts facts) {
        return reasons(facts, "method " + facts.method());
    }

    /// @param effect why it reads or changes something, where no word says otherwise
    private static Map<Trait, String> reasons(Facts facts, String effect) {
        Map<Trait, String> out = effects(facts, effect);
        boolean changes = out.containsKey(Trait.WRITE) || out.containsKey(Trait.DELETE);
        List<Named> names = names(facts);
        List<Named> parameters = parameters(facts);
        List<Named> all = new ArrayList<>(names);
        all.addAll(parameters);
        List<Named> changed = changes ? names : List.of();
        List<Named> changedBy = changes ? parameters : List.of();
        List<Named> sent = tidies(facts) ? List.of() : changed;

        put(out, Trait.MONEY, found(TraitWords.MONEY, all), PAYMENT);
        put(out, Trait.MONEY, found(TraitWords.MONEY_IF_WRITTEN, changed), ORDER + CHANGES);
        put(out, Trait.PERSONAL, found(TraitWords.PERSONAL, all), PERSON);
        put(out, Trait.SECRET, secret(facts, names), SECRET);
        put(out, Trait.ADMIN, found(TraitWords.ADMIN, names), RUNNING);
        put(out, Trait.ADMIN, found(TraitWords.ADMIN, changedBy), RUNNING + CHANGES);
        put(out, Trait.OUTWARD, found(TraitWords.OUTWARD, sent), SENDING + CHANGES);
        put(out, Trait.OUTWARD, found(TraitWords.RECIPIENT, changedBy), RECIPIENT + CHANGES);
        put(out, Trait.IDENTITY, found(TraitWords.IDENTITY, names), SIGN_IN);
        put(out, Trait.IDENTITY, found(TraitWords.IDENTITY, changedBy), SIGN_IN + CHANGES);
        return out;
    }

    /// The first reason for a trait stays.
    private static void put(Map<Trait, String> out, Trait trait, String fact, String rule) {
        if (!fact.isEmpty()) {
            out.putIfAbsent(trait, fact + rule);
        }
    }

    private static Map<Trait, String> effects(Facts facts, String effect) {
        var out = new EnumMap<Trait, String>(Trait.class);
        String removes = leading(TraitWords.REMOVING, facts);
        put(out, Trait.DELETE, removes, ": removing");
        switch (facts.method()) {
            case GET, HEAD, OPTIONS -> {
                out.put(Trait.READ, effect);
                String changes = leading(TraitWords.UNMISTAKABLY_CHANGING, facts);
                put(out, Trait.WRITE, removes.isEmpty() ? changes : "", ": changing");
            }
            case POST -> {
                put(out, Trait.READ, removes.isEmpty() ? searching(facts) : "", ": searching");
                if (!out.containsKey(Trait.READ)) {
                    out.put(Trait.WRITE, effect);
                }
            }
            case PUT, PATCH -> out.put(Trait.WRITE, effect);
            case DELETE -> out.put(Trait.DELETE, effect);
        }
        return out;
    }

    // To move, mark or delete a message sends nothing to anybody.
    private static boolean tidies(Facts facts) {
        List<String> words = verb(facts);
        return facts.method() == HttpMethod.DELETE
                || words.stream()
                        .anyMatch(w ->
                                TraitWords.TIDYING.contains(w) || TraitWords.REMOVING.contains(w));
    }

    /// The verb of the name, or of the last segment of the path, where it is one of `verbs`.
    private static String leading(Set<String> verbs, Facts facts) {
        List<String> named = verb(facts);
        if (!named.isEmpty() && verbs.contains(named.getFirst())) {
            return word(named.getFirst(), "its name");
        }
        List<String> end = NameWords.split(lastSegment(facts.path()));
        return !end.isEmpty() && verbs.contains(end.getFirst())
                ? word(end.getFirst(), "its path")
                : "";
    }

    private static String searching(Facts facts) {
        List<String> whole = withoutMethod(NameWords.split(facts.name()), facts.method());
        var all = new HashSet<>(whole);
        facts.path().literals().forEach(literal -> all.addAll(NameWords.split(literal)));
        if (touches(TraitWords.CHANGING, all) || touches(TraitWords.REMOVING, all)) {
            return "";
        }
        List<String> verb = verb(facts);
        if (!verb.isEmpty()) {
            for (String word : List.of(verb.getFirst(), verb.getLast())) {
                if (TraitWords.SEARCHING.contains(word)) {
                    return word(word, "its name");
                }
            }
            if (verb.getFirst().equals("list") && whole.size() > 1) {
                return word("list", "its name");
            }
        }
        String end = lastSegment(facts.path()).toLowerCase(Locale.ROOT);
        return TraitWords.SEARCHING.contains(end) ? word(end, "its path") : "";
    }

    private static List<String> verb(Facts facts) {
        return withoutMethod(NameWords.split(ToolName.lastPart(facts.name())), facts.method());
    }

    private static String lastSegment(PathTemplate path) {
        String text = path.toString();
        String last = text.substring(text.lastIndexOf('/') + 1);
        return last.indexOf('{') >= 0 ? "" : last.substring(last.lastIndexOf(':') + 1);
    }

    // `post_offers` is how a missing name is made up: its first word is no verb.
    private static List<String> withoutMethod(List<String> words, HttpMethod method) {
        boolean named =
                words.size() > 1 && words.getFirst().equals(method.name().toLowerCase(Locale.ROOT));
        return named ? words.subList(1, words.size()) : words;
    }

    /// One name of an operation.
    ///
    /// @param what in words
    /// @param words of the name, as they may be looked up
    private record Named(String what, Set<String> words) {
        static Named of(String what, String name) {
            return new Named(what, NameWords.lookup(name));
        }
    }

    private static List<Named> names(Facts facts) {
        var out = new ArrayList<Named>();
        List<String> name = withoutMethod(NameWords.split(facts.name()), facts.method());
        out.add(Named.of("its name", String.join(" ", name)));
        facts.path().literals().forEach(literal -> out.add(Named.of("its path", literal)));
        facts.tags().forEach(tag -> out.add(Named.of("tag `%s`".formatted(tag), tag)));
        return out;
    }

    private static List<Named> parameters(Facts facts) {
        return everyParameter(facts).stream()
                .map(name -> Named.of("parameter `%s`".formatted(name), name))
                .toList();
    }

    private static List<String> everyParameter(Facts facts) {
        var out = new ArrayList<>(facts.parameters());
        out.addAll(facts.path().variables());
        return out;
    }

    private static String secret(Facts facts, List<Named> names) {
        String named = found(TraitWords.SECRET, names);
        String key = named.isEmpty() ? found(Set.of("key"), names) : named;
        return key.isEmpty()
                ? found(
                        TraitWords.SECRET,
                        everyParameter(facts).stream()
                                .filter(TraitRules::secretParameter)
                                .map(name -> Named.of("parameter `%s`".formatted(name), name))
                                .toList())
                : key;
    }

    private static boolean secretParameter(String name) {
        List<String> words = NameWords.split(name);
        var found = new HashSet<>(NameWords.lookup(name));
        found.retainAll(TraitWords.SECRET);
        boolean position =
                found.equals(Set.of("token"))
                        && touches(TraitWords.LIST_POSITION, new HashSet<>(words));
        return !found.isEmpty()
                && !position
                && !TraitWords.OWN_CREDENTIAL.contains(String.join("", words));
    }

    /// The first word of `list` in a name; empty if there is none.
    private static String found(Set<String> list, List<Named> in) {
        for (Named name : in) {
            if (touches(list, name.words())) {
                var both = new TreeSet<>(name.words());
                both.retainAll(list);
                return word(both.getFirst(), name.what());
            }
        }
        return "";
    }

    private static String word(String word, String where) {
        return "word `%s` in %s".formatted(word, where);
    }

    private static boolean touches(Set<String> list, Set<String> words) {
        return !Collections.disjoint(list, words);
    }
}
