package dev.daypass.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.UserId;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Permission;
import dev.daypass.permission.UserCeiling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds of an account for a user, whatever the task, the catalog and the parser.
class UserBoundLawsTest {
    private static final int CASES = 1_000;
    private static final UserId ANNA = new UserId("https://login.example", "anna");

    @Test
    void a_grant_lies_within_what_the_user_may_hand_on_whatever_a_parser_says() {
        Check.forAll(
                CASES,
                random -> {
                    var c = new Case(random);

                    for (Intent intent : List.of(c.lies, c.honest)) {
                        Confined confined = c.confined(intent, c.user, null);
                        assertWithin(confined.leaves(), c);
                        assertWithin(confined.waiting(), c);
                    }
                });
    }

    /// Worked out again from the catalog and the ceilings, not from what confinement was told.
    private static void assertWithin(List<Leaf> leaves, Case c) {
        Map<OperationId, Operation> real =
                c.operations.stream().collect(Collectors.toMap(Operation::id, Function.identity()));
        for (Leaf leaf : leaves) {
            Operation operation = real.get(leaf.permission().operation());
            assertTrue(operation != null, () -> "invented: " + leaf);
            List<Ceiling> admitting =
                    c.user.ceilings().stream().filter(one -> admits(one, operation, leaf)).toList();
            assertTrue(!admitting.isEmpty(), () -> leaf + " is outside " + c.user);
            Ceiling holding = c.user.holding(leaf).orElseThrow();
            assertTrue(admitting.contains(holding), holding::toString);
        }
    }

    private static boolean admits(Ceiling ceiling, Operation operation, Leaf leaf) {
        return ceiling.admit(operation)
                .filter(entry -> leaf.permission().within(entry.most(operation)))
                .isPresent();
    }

    @Test
    void acting_for_a_user_only_shrinks_a_grant_and_a_parent_shrinks_it_further() {
        Check.forAll(
                CASES,
                random -> {
                    var c = new Case(random);
                    Grant parent = new Case(random, c.task, c.operations).alone();

                    Grant alone = c.alone();
                    Grant handed = c.confined(c.lies, c.user, null).grant();
                    Grant child = c.confined(c.lies, c.user, parent).grant();

                    assertTrue(handed.within(alone), () -> handed + " of " + alone);
                    assertTrue(child.within(parent), () -> child + " of " + parent);
                    assertTrue(child.within(alone), () -> child + " of " + alone);
                });
    }

    @Test
    void who_may_hand_on_nothing_hands_on_nothing_and_it_is_said_of_each_operation() {
        Check.forAll(random -> {
            var c = new Case(random);
            var nobody = new UserCeiling(ANNA, List.of());

            Confined confined = c.confined(c.lies, nobody, null);

            assertEquals(List.of(), confined.leaves());
            assertEquals(List.of(), confined.waiting());
            Set<OperationId> allowed =
                    c.alone().permissions().stream()
                            .map(Permission::operation)
                            .collect(Collectors.toSet());
            confined.dropped().stream()
                    .filter(dropped -> allowed.contains(dropped.operation()))
                    .forEach(dropped ->
                            assertEquals("outside what user `anna` may do", dropped.why()));
        });
    }

    @Test
    void a_user_who_may_do_everything_changes_nothing() {
        Check.forAll(random -> {
            var c = new Case(random);
            var everyone = new UserCeiling(ANNA, List.of(c.everything(), c.ceiling));

            assertEquals(
                    c.alone().resourceHash(),
                    c.confined(c.lies, everyone, null).grant().resourceHash());
        });
    }

    @Test
    void one_more_group_never_takes_an_operation_away() {
        Check.forAll(random -> {
            var c = new Case(random);
            var more = new ArrayList<>(c.user.ceilings());
            more.add(random.nextInt(more.size() + 1), IntentWorld.ceiling(random));

            Grant before = c.confined(c.lies, c.user, null).grant();
            Grant after = c.confined(c.lies, new UserCeiling(ANNA, more), null).grant();

            assertTrue(operations(after).containsAll(operations(before)));
        });
    }

    private static Set<OperationId> operations(Grant grant) {
        return grant.permissions().stream().map(Permission::operation).collect(Collectors.toSet());
    }

    private static final class Case {
        private final Task task;
        private final List<Operation> operations;
        private final Catalog catalog;
        private final Ceiling ceiling;
        private final UserCeiling user;
        private final Intent honest;
        private final Intent lies;

        Case(Random random) {
            this(random, IntentWorld.task(random), IntentWorld.operations(random));
        }

        Case(Random random, Task task, List<Operation> operations) {
            this.task = task;
            this.operations = operations;
            this.catalog = Catalog.of(operations);
            this.ceiling = IntentWorld.ceiling(random);
            this.user = new UserCeiling(ANNA, Gen.list(random, 3, IntentWorld::ceiling));
            this.honest = new EmbeddedParser().understand(task, catalog);
            this.lies = IntentWorld.lies(random, operations);
        }

        Ceiling everything() {
            return new Ceiling(
                    List.of(
                            new Ceiling.Entry(
                                    "*",
                                    List.of("*"),
                                    java.util.EnumSet.allOf(dev.daypass.permission.Trait.class),
                                    Map.of())),
                    List.of(),
                    Duration.ofHours(1),
                    100);
        }

        Grant alone() {
            return Confinement.confine(
                            task, lies, new Bounds(Reach.of(ceiling, catalog), null, Set.of()))
                    .grant();
        }

        Confined confined(Intent intent, UserCeiling handing, @Nullable Grant parent) {
            return Confinement.confine(
                    task,
                    intent,
                    new Bounds(
                            Reach.of(ceiling, catalog),
                            parent,
                            handing,
                            Set.of(),
                            LaterWishes.GRANT));
        }
    }
}
