package dev.daypass.intent;

import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations that a task is matched against, with the words of their names. Immutable; made
/// once for each change of the services, not for each task.
public final class Catalog {
    private final List<Entry> entries;
    private final List<Shape> shapes;
    private final List<Operation> mostSensitiveFirst;
    private final Map<OperationId, Operation> byId;
    private final Map<OperationId, Shape> shapeOf;
    private final Index index;
    private final Map<String, Integer> heads = new HashMap<>();
    private final Map<Character, List<String>> spellings = new HashMap<>();
    private final Heard heard;

    // A parser reads a task, and then confinement does: of the same catalog it is the same reading.
    private volatile @Nullable Reading last;

    private Catalog(List<Entry> entries, Heard heard) {
        this.entries = entries;
        this.heard = heard;
        Set<String> brands = brands(entries);
        this.shapes = entries.stream().map(e -> e.shape().lighter(brands)).toList();
        this.mostSensitiveFirst =
                entries.stream()
                        .map(Entry::operation)
                        .sorted(
                                Comparator.comparingInt((Operation o) -> -o.traits().size())
                                        .thenComparing(Operation::id))
                        .toList();
        this.byId = new HashMap<>();
        this.shapeOf = new HashMap<>();
        this.index = new Index(shapes);
        shapes.forEach(shape -> shapeOf.put(shape.operation().id(), shape));
        shapes.stream()
                .flatMap(shape -> shape.concepts().keySet().stream())
                .filter(name -> name.length() > 4)
                .distinct()
                .sorted()
                .forEach(name ->
                        spellings
                                .computeIfAbsent(name.charAt(0), _ -> new ArrayList<>())
                                .add(name));
        for (Entry entry : entries) {
            byId.put(entry.operation().id(), entry.operation());
            heads.merge(entry.shape().head(), 1, Integer::sum);
        }
    }

    /// @param operation the operation
    /// @param shape what it is about
    record Entry(Operation operation, Shape shape) {
        static Entry of(Operation operation) {
            return new Entry(operation, Shape.of(operation));
        }
    }

    public static Catalog of(List<Operation> operations) {
        return new Catalog(operations.stream().map(Entry::of).toList(), new Heard());
    }

    /// Some of this catalog.
    Catalog part(List<Entry> some) {
        return some.equals(entries) ? this : new Catalog(List.copyOf(some), heard);
    }

    /// A text as it is understood among these operations.
    Reading reading(String text) {
        Reading known = last;
        if (known == null || !known.text().equals(text)) {
            known = new Reading(text, this);
            last = known;
        }
        return known;
    }

    /// What was last heard here, and in parts of this catalog.
    Heard heard() {
        return heard;
    }

    public List<Operation> operations() {
        return entries.stream().map(Entry::operation).toList();
    }

    /// By falling number of traits, then by name.
    List<Operation> mostSensitiveFirst() {
        return mostSensitiveFirst;
    }

    Optional<Operation> find(OperationId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// What an operation of this catalog is about.
    Shape shape(OperationId id) {
        Shape known = shapeOf.get(id);
        if (known == null) {
            throw new IllegalArgumentException("no operation " + id);
        }
        return known;
    }

    /// Whether one of these words names a thing that an operation here is about.
    boolean names(List<Token> tokens) {
        return tokens.stream()
                .filter(Token::speaks)
                .anyMatch(t -> Things.of(t.stem()).stream().anyMatch(heads::containsKey));
    }

    /// The stem of a name here that a misspelt one stands for; itself if there is none.
    String spelt(String stem) {
        if (stem.length() < 5
                || stem.length() > 24
                || Lexicon.known(stem)
                || heads.containsKey(stem)) {
            return stem;
        }
        for (String name : spellings.getOrDefault(stem.charAt(0), List.of())) {
            if (Math.abs(name.length() - stem.length()) < 2 && Spelling.distance(name, stem) == 1) {
                return name;
            }
        }
        return stem;
    }

    /// Whether much of this catalog is about a thing.
    boolean topic(String thing) {
        return heads.getOrDefault(thing, 0) >= Math.max(3, entries.size() / 6.0);
    }

    /// The operations that change something and can be asked for by one of these kinds of action.
    Set<Shape> changing(Set<String> groups) {
        return index.changing(groups);
    }

    /// The operations that look and that a task may be about.
    Set<Shape> showing(Mentions said, List<Action> actions) {
        return index.showing(said, actions);
    }

    /// The operations that look and give a thing.
    List<Shape> giving(String thing) {
        return index.giving(thing);
    }

    /// The searches that are not for one kind of thing.
    List<Shape> findingAnything() {
        return shapes.stream().filter(Shape::findsAnything).toList();
    }

    List<Shape> shapes() {
        return shapes;
    }

    List<Entry> entries() {
        return entries;
    }

    // Words that several names begin with and that no operation is about: a maker's or a service's.
    private static Set<String> brands(List<Entry> entries) {
        var counted = new HashMap<String, Integer>();
        for (Entry entry : entries) {
            entry.shape().leading().forEach(word -> counted.merge(word, 1, Integer::sum));
        }
        entries.forEach(entry -> counted.remove(entry.shape().head()));
        return counted.entrySet().stream()
                .filter(c -> c.getValue() > 2)
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
