package dev.daypass.examples.agents;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// One wish, fulfilled by a new process.
final class Trial {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final World world;
    private final Worked worked;
    private final Way way;

    Trial(World world, Worked worked, Way way) {
        this.world = world;
        this.worked = worked;
        this.way = way;
    }

    /// @param done what the agent said of it
    /// @param seconds that the agent took from the wish to its fulfilment
    /// @param startSeconds before and besides
    /// @param account the account; empty where there is none
    record Outcome(String done, double seconds, double startSeconds, Optional<String> account) {}

    /// What a thief found in the process, while it worked and when it was done.
    ///
    /// @param secret whether the service's secret was there
    /// @param tokens all of Daypass's
    record Loot(boolean secret, Set<String> tokens) {
        Loot {
            tokens = Set.copyOf(tokens);
        }
    }

    /// A trial whose process somebody looks into.
    record Inspected(Outcome outcome, Loot loot) {}

    /// What one process took.
    ///
    /// @param second its second transaction, where it makes more than one
    record Timed(Outcome first, Optional<Outcome> second) {}

    Timed timed() {
        try (Program program = Program.start(worked.start(way))) {
            Outcome first = fulfilled(program, () -> {});
            // The account of a run is good for one.
            Optional<Outcome> second =
                    way == Way.RUN ? Optional.empty() : Optional.of(fulfilled(program, () -> {}));
            program.end();
            return new Timed(first, second);
        }
    }

    Inspected inspected() {
        var secret = new boolean[1];
        var tokens = new HashSet<String>();
        try (Program program = Program.start(worked.start(way))) {
            Runnable look =
                    () -> {
                        for (long pid :
                                way == Way.RUN ? program.descendants() : List.of(program.pid())) {
                            secret[0] |= Thief.finds(worked.secret(), pid);
                            tokens.addAll(Thief.tokens(pid));
                        }
                    };
            Outcome outcome = fulfilled(program, look);
            look.run();
            program.end();
            return new Inspected(outcome, new Loot(secret[0], tokens));
        }
    }

    private Outcome fulfilled(Program program, Runnable meanwhile) {
        long began = System.nanoTime();
        program.wish(worked.wish());
        Optional<String> account = Optional.empty();
        if (way == Way.RUN) {
            account = Optional.of(named(program));
            approve(account.get());
        }
        while (true) {
            JsonFields said = program.next();
            String waiting = said.stringOrNull("waiting");
            if (waiting == null) {
                return outcome(said, account, (System.nanoTime() - began) / NANOS_PER_SECOND);
            }
            meanwhile.run();
            approve(waiting);
        }
    }

    private static Outcome outcome(JsonFields said, Optional<String> known, double whole) {
        double seconds =
                said.take("seconds") instanceof Json.Num(var value) ? value.doubleValue() : 0;
        return new Outcome(
                said.string("done"),
                seconds,
                whole - seconds,
                known.or(() -> Optional.ofNullable(said.stringOrNull("account"))));
    }

    /// `daypass run` says which account waits.
    private static String named(Program program) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until && program.alive()) {
            Optional<String> account = program.account();
            if (account.isPresent()) {
                return account.get();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IllegalStateException("no account is waiting: " + program.said());
    }

    /// A human agrees, who has thought before.
    private void approve(String account) {
        world.operator("POST", "/v1/accounts/" + account + "/approve", null);
    }
}
