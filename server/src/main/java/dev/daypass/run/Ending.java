package dev.daypass.run;

import dev.daypass.identity.AccountId;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Ends an account once: when the program has ended, or when this process is told to end before
/// there is one.
public final class Ending {
    private final AgentApi api;
    private final AccountId id;
    private final Consumer<String> note;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread atExit = new Thread(this::end, "daypass run: end");

    /// @param note says something to the user
    public Ending(AgentApi api, AccountId id, Consumer<String> note) {
        this.api = api;
        this.id = id;
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
            if (!reply.good()) {
                note.accept(
                        "daypass: the account was not ended (status %d); it lapses by itself"
                                .formatted(reply.status()));
            }
        } catch (IOException e) {
            note.accept(
                    "daypass: the account was not ended (%s); it lapses by itself"
                            .formatted(e.getMessage()));
        }
    }
}
