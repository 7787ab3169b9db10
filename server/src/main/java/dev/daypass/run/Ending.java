package dev.daypass.run;

import dev.daypass.identity.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Ends an account once: when the program has ended, or when this process is told to end before
/// there is one.
public final class Ending {
    /// Who is told to end again and again waits no longer than this.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentApi api;
    private final AccountId id;
    private final boolean leased;
    private final Consumer<String> note;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread atExit = new Thread(this::end, "daypass run: end");

    /// @param leased whether the account ends by itself soon after this process
    /// @param note says something to the user
    public Ending(AgentApi api, AccountId id, boolean leased, Consumer<String> note) {
        this.api = api.within(PATIENCE);
        this.id = id;
        this.leased = leased;
        this.note = note;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Returns once no edge serves the account any more, or nobody answers: its lease lapses then.
    public void now() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // this process is ending
        }
    }

    private void end() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            Reply reply = api.send("POST", "/v1/accounts/" + id + "/complete", null);
            if (!reply.good() && reply.status() != 404 && reply.status() != 409) {
                failed("status " + reply.status());
            }
        } catch (IOException e) {
            failed(Unanswered.why(e));
        }
    }

    private void failed(String why) {
        note.accept(
                leased
                        ? "daypass: the account was not ended (%s); it lapses by itself"
                                .formatted(why)
                        : "daypass: the account was not ended (%s) and lives until its deadline; end it with: daypass revoke %s"
                                .formatted(why, id));
    }
}
