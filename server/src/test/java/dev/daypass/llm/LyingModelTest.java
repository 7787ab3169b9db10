package dev.daypass.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.config.IntentSettings.Mode;
import dev.daypass.intent.Bounds;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Confined;
import dev.daypass.intent.Confinement;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Reach;
import dev.daypass.intent.Task;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The laws that hold whatever a model says.
class LyingModelTest {
    /// Words that ask for no change of anything.
    private static final List<String> HARMLESS =
            List.of("find", "the", "museum", "near", "harbour", "in", "Lisbon", "tomorrow", "LIS");

    private static final List<String> LOADED =
            List.of("delete", "pay", "send", "book", "password", "admin", "cancel", "create");

    @Test
    void nothing_outside_the_ceiling_is_granted() {
        Check.forAll(random -> {
            List<Operation> all = operations(random);
            Ceiling ceiling = ceiling(random);
            Task task = task(random, both());
            Confined confined = confined(random, task, all, ceiling);

            for (Leaf leaf : granted(confined)) {
                Operation operation = find(all, leaf);
                Map<String, Constraint> bounds =
                        ceiling.admit(operation).orElseThrow(AssertionError::new).constraints();
                bounds.forEach((slot, bound) ->
                        assertTrue(
                                leaf.permission()
                                        .constraints()
                                        .getOrDefault(
                                                slot, new Constraint.OneOf(List.of("unbound")))
                                        .within(bound)));
                assertEquals(operation.method(), leaf.permission().method());
                assertEquals(operation.path(), leaf.permission().path());
            }
        });
    }

    @Test
    void no_dangerous_trait_is_granted_to_a_task_without_a_word_for_it() {
        Check.forAll(random -> {
            List<Operation> all = operations(random);
            Task task = task(random, HARMLESS);

            for (Leaf leaf : granted(confined(random, task, all, everything()))) {
                assertTrue(
                        EnumSet.of(Trait.READ, Trait.PERSONAL).containsAll(leaf.traits()),
                        () -> "%s for `%s`".formatted(leaf, task.text()));
            }
        });
    }

    @Test
    void an_instructed_model_gives_no_more_than_the_words_of_the_task() {
        String everything =
                Desk.answer(
                        Desk.said("travel.searchFlights", "Find a flight to Lisbon"),
                        Desk.said("travel.bookFlight", "Find a flight to Lisbon"),
                        Desk.said("travel.cancelBooking", "Find a flight to Lisbon"));
        var task = new Task("Find a flight to Lisbon");
        var reach = Reach.of(everything(), Desk.REACH);
        for (Mode mode : List.of(Mode.MODEL, Mode.AGREE, Mode.MODEL_THEN_HUMAN)) {
            try (var model = FakeModel.saying(everything)) {
                Intent intent = Desk.at(model).mode(mode).parser().understand(task, reach.inside());
                Confined confined =
                        Confinement.confine(task, intent, new Bounds(reach, null, Set.of()));

                assertEquals(
                        List.of("searchFlights"),
                        granted(confined).stream()
                                .map(leaf -> leaf.permission().operation().name())
                                .toList(),
                        mode.name());
            }
        }
    }

    private static List<Leaf> granted(Confined confined) {
        var out = new ArrayList<>(confined.leaves());
        out.addAll(confined.waiting());
        return out;
    }

    private static Confined confined(
            Random random, Task task, List<Operation> all, Ceiling ceiling) {
        var reach = Reach.of(ceiling, Catalog.of(all));
        var question =
                new Question(
                        task,
                        Candidates.of(
                                task,
                                Intent.of(List.of()),
                                new Candidates.Choice(
                                        reach.inside(), new Shelf(), 1 + random.nextInt(10))));
        Intent theirs = new Grounding(question).intent(Answer.parse(lies(random, task, all)));
        Mode mode = Gen.pick(random, Mode.MODEL, Mode.MODEL_THEN_HUMAN);
        Intent intent = Combination.of(mode, Intent.of(List.of()), theirs);
        return Confinement.confine(task, intent, new Bounds(reach, null, Set.of()));
    }

    private static String lies(Random random, Task task, List<Operation> all) {
        return Desk.answer(
                Gen.list(
                                random,
                                12,
                                r -> {
                                    String name =
                                            r.nextInt(5) == 0
                                                    ? "travel." + Gen.word(r, 6)
                                                    : Gen.pick(r, all).id().toString();
                                    return Desk.said(
                                            name,
                                            quote(r, task),
                                            Gen.pick(r, "query.to", "path.id", "body.x"),
                                            Gen.pick(r, "LIS", "OSL", "Lisbon", Gen.text(r, 3)));
                                })
                        .toArray(Json[]::new));
    }

    private static String quote(Random random, Task task) {
        List<String> words = List.of(task.text().split(" "));
        int from = random.nextInt(words.size());
        int to = from + 1 + random.nextInt(words.size() - from);
        return random.nextInt(4) == 0
                ? Gen.text(random, 5)
                : String.join(" ", words.subList(from, to));
    }

    private static Operation find(List<Operation> all, Leaf leaf) {
        return all.stream()
                .filter(o -> o.id().equals(leaf.permission().operation()))
                .findFirst()
                .orElseThrow(AssertionError::new);
    }

    private static List<Operation> operations(Random random) {
        var out = new ArrayList<Operation>();
        for (int i = 0; i < 8; i++) {
            Set<Trait> traits = EnumSet.of(Gen.pick(random, Trait.READ, Trait.WRITE, Trait.DELETE));
            traits.addAll(Gen.list(random, 2, r -> Gen.pick(r, Trait.values())));
            out.add(
                    Desk.operation(
                            "operation" + i,
                            Gen.pick(random, HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE),
                            "/things/" + i,
                            traits,
                            Desk.SEARCH.parameters()));
        }
        return out;
    }

    private static Task task(Random random, List<String> words) {
        var drawn = new ArrayList<>(List.of("find"));
        drawn.addAll(Gen.list(random, 8, r -> Gen.pick(r, words)));
        return new Task(String.join(" ", drawn));
    }

    private static List<String> both() {
        var out = new ArrayList<>(HARMLESS);
        out.addAll(LOADED);
        return out;
    }

    private static Ceiling everything() {
        return ceiling(new Ceiling.Entry("*", List.of("*"), EnumSet.allOf(Trait.class), Map.of()));
    }

    private static Ceiling ceiling(Random random) {
        Set<Trait> traits = EnumSet.of(Trait.READ);
        traits.addAll(Gen.list(random, 6, r -> Gen.pick(r, Trait.values())));
        return ceiling(
                new Ceiling.Entry(
                        "travel",
                        List.of(Gen.pick(random, "*", "operation1", "*3")),
                        traits,
                        random.nextBoolean()
                                ? Map.of()
                                : Map.of("query.to", new Constraint.OneOf(List.of("OSL")))));
    }

    private static Ceiling ceiling(Ceiling.Entry entry) {
        return new Ceiling(List.of(entry), List.of(), Duration.ofHours(1), 100);
    }
}
