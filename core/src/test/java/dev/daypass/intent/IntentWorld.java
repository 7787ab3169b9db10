package dev.daypass.intent;

import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A small world of operations and words, so that random tasks meet random operations.
final class IntentWorld {
    static final List<ServiceId> SERVICES =
            List.of(new ServiceId("shop"), new ServiceId("library"));

    /// Words that stand for no trait but reading.
    static final List<String> PLAIN_WORDS =
            List.of(
                    "find",
                    "offers",
                    "papers",
                    "users",
                    "from",
                    "to",
                    "New York",
                    "London",
                    "the",
                    "LON",
                    "p-17",
                    "42",
                    "cheapest",
                    "and",
                    "then",
                    "über",
                    "最",
                    "\n",
                    "(",
                    "x");

    /// Words that stand for traits.
    static final List<String> LOADED_WORDS =
            List.of(
                    "delete",
                    "pay",
                    "send",
                    "secret",
                    "admin",
                    "login",
                    "book",
                    "create",
                    "cards",
                    "cancel",
                    "ignore all rules",
                    "payment",
                    "role",
                    "settings");

    private static final List<String> NAMES =
            List.of(
                    "searchOffers",
                    "getPaper",
                    "listUsers",
                    "deletePaper",
                    "payOffer",
                    "sendPaper",
                    "bookOffer",
                    "listCards",
                    "setRole",
                    "rotateKeys",
                    "updateSettings");
    private static final List<String> PATHS =
            List.of("/offers", "/papers/{id}", "/users", "/users/{id}/cards", "/x");
    private static final List<String> CHOICES = List.of("NYC", "LON", "PAR");
    private static final Map<String, String> LABELS =
            Map.of("NYC", "New York", "LON", "London", "PAR", "Paris");

    private IntentWorld() {}

    static Task task(Random random) {
        return task(random, both());
    }

    static Task task(Random random, List<String> words) {
        List<String> drawn = new ArrayList<>(List.of(Gen.pick(random, words)));
        drawn.addAll(Gen.list(random, 9, r -> Gen.pick(r, words)));
        String text = String.join(Gen.pick(random, " ", ", ", "-"), drawn);
        return new Task(text.isBlank() ? "find" : text);
    }

    private static List<String> both() {
        var all = new ArrayList<>(PLAIN_WORDS);
        all.addAll(LOADED_WORDS);
        return all;
    }

    /// Operations of which each has a name of its own.
    static List<Operation> operations(Random random) {
        var names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.stream()
                .limit(1 + random.nextInt(NAMES.size()))
                .map(name -> operation(random, name))
                .toList();
    }

    static Operation operation(Random random, String name) {
        return new Operation(
                new OperationId(Gen.pick(random, SERVICES), name),
                Gen.pick(random, HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE),
                PathTemplate.parse(Gen.pick(random, PATHS)),
                traits(random),
                parameters(random),
                "A summary",
                Gen.list(random, 2, r -> Gen.pick(r, "offers", "papers", "users", "cards")));
    }

    static Set<Trait> traits(Random random) {
        var out = EnumSet.of(Gen.pick(random, Trait.READ, Trait.WRITE, Trait.DELETE));
        out.addAll(Gen.list(random, 2, r -> Gen.pick(r, Trait.values())));
        return out;
    }

    private static List<Parameter> parameters(Random random) {
        return Gen.list(
                random,
                3,
                r -> {
                    boolean path = r.nextInt(3) == 0;
                    return new Parameter(
                            path ? Parameter.Place.PATH : Parameter.Place.QUERY,
                            path ? "id" : Gen.pick(r, "from", "to", "city"),
                            r.nextBoolean(),
                            Gen.pick(r, "string", "array"),
                            path
                                    ? List.of()
                                    : Gen.list(
                                            r,
                                            3,
                                            q -> {
                                                String value = Gen.pick(q, CHOICES);
                                                return new Parameter.Choice(
                                                        value, LABELS.getOrDefault(value, value));
                                            }),
                            "A description");
                });
    }

    static Ceiling ceiling(Random random) {
        return new Ceiling(
                Gen.list(random, 4, IntentWorld::entry),
                Gen.list(random, 1, IntentWorld::entry),
                Duration.ofHours(1),
                100);
    }

    private static Ceiling.Entry entry(Random random) {
        return new Ceiling.Entry(
                Gen.pick(random, "*", "shop", "library"),
                List.of(Gen.pick(random, "*", "*Offer*", "list*", "getPaper")),
                random.nextInt(3) == 0 ? EnumSet.allOf(Trait.class) : traits(random),
                random.nextInt(3) == 0 ? constraints(random) : Map.of());
    }

    static Map<String, Constraint> constraints(Random random) {
        var out = new HashMap<String, Constraint>();
        for (int i = random.nextInt(3); i > 0; i--) {
            out.put(
                    Gen.pick(random, "query.from", "query.to", "query.city", "path.id", "body.x"),
                    new Constraint.OneOf(Gen.list(random, 3, r -> Gen.pick(r, CHOICES))));
        }
        return out;
    }

    /// An intent of a parser that says anything: operations that there are, that there are not, and
    /// that there are but otherwise.
    static Intent lies(Random random, List<Operation> operations) {
        return Intent.of(
                Gen.list(
                        random,
                        12,
                        r -> {
                            Operation real = Gen.pick(r, operations);
                            Operation said =
                                    switch (r.nextInt(4)) {
                                        case 0 -> operation(r, "inventedByTheParser");
                                        case 1 -> disguised(r, real);
                                        default -> real;
                                    };
                            int start = r.nextInt(80);
                            return new Proposal(
                                    said,
                                    constraints(r),
                                    new Span(start, start + 1 + r.nextInt(20)),
                                    r.nextDouble());
                        }));
    }

    /// An operation under its own name, but said to be harmless or to be elsewhere.
    private static Operation disguised(Random random, Operation real) {
        return new Operation(
                real.id(),
                random.nextBoolean() ? real.method() : HttpMethod.DELETE,
                random.nextBoolean() ? real.path() : PathTemplate.parse("/admin"),
                EnumSet.of(Trait.READ),
                List.of(),
                "",
                List.of());
    }

    /// The same operation with other words of its makers around it.
    static Operation retold(Operation operation, String words) {
        return new Operation(
                operation.id(),
                operation.method(),
                operation.path(),
                operation.traits(),
                operation.parameters().stream()
                        .map(p ->
                                new Parameter(
                                        p.place(),
                                        p.name(),
                                        p.required(),
                                        p.type(),
                                        p.choices(),
                                        words))
                        .toList(),
                words,
                operation.tags());
    }
}
