package dev.daypass.checkpoint;

import dev.daypass.config.LedgerWitness;
import dev.daypass.ledger.AddCheckpoint;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.WitnessAnswer;
import dev.daypass.store.LedgerTree;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One witness, and how far it has come. It is asked by one thread at a time.
final class AskedWitness {
    private static final Logger LOG = LoggerFactory.getLogger(AskedWitness.class);

    /// Another server of the same ledger may have it sign between two questions.
    private static final int QUESTIONS_MAX = 3;

    private static final long PAUSE_NANOS_MAX = Duration.ofMinutes(1).toNanos();
    private static final long PAUSE_NANOS_FIRST = Duration.ofSeconds(1).toNanos();

    private final LedgerWitness witness;
    private long known;
    private @Nullable Signed signed;
    private long pauseNanos;
    private long notBefore;
    private volatile String failure = "";

    /// @param text of the checkpoint
    /// @param line the signature
    private record Signed(String text, SignedNote.Line line) {}

    AskedWitness(LedgerWitness witness) {
        this.witness = witness;
    }

    String name() {
        return witness.key().name();
    }

    /// Why it did not sign the last time; empty where it did.
    String failure() {
        return failure;
    }

    /// Its signature of this checkpoint; `null` where it has not signed it.
    SignedNote.@Nullable Line line(SignedNote note) {
        Signed last = signed;
        return last != null && last.text().equals(note.text()) ? last.line() : null;
    }

    /// Whether it is to be asked: it has not signed, and did not fail just now.
    boolean isDue(SignedNote note, long nanos) {
        return line(note) == null && (failure.isEmpty() || nanos - notBefore >= 0);
    }

    void ask(SignedNote note, LedgerTree ledger, Asking asking, long nanos) {
        String why;
        try {
            why = asked(note, ledger, asking);
        } catch (IOException | WireException | StoreUnavailable e) {
            why = String.valueOf(e.getMessage());
        }
        if (why.isEmpty()) {
            succeeded();
        } else {
            failed(why, nanos);
        }
    }

    /// @return why it does not sign; empty where it does
    private String asked(SignedNote note, LedgerTree ledger, Asking asking) throws IOException {
        long size = Checkpoint.parse(note.text()).tree().size();
        for (int question = 0; question < QUESTIONS_MAX; question++) {
            if (known > size) {
                long ahead = known;
                known = 0; // it is asked again next time: it may have been another server's
                return "it has signed %d facts of this ledger, which has %d: the database is older than what was signed, or another server signs with its key"
                        .formatted(ahead, size);
            }
            var asked = AddCheckpoint.of(known, note, ledger.nodes(size));
            switch (asking.ask(witness, asked)) {
                case WitnessAnswer.Cosigned(var line) -> {
                    signed = new Signed(note.text(), line);
                    known = size;
                    return "";
                }
                case WitnessAnswer.Knows(var other) -> known = other;
                case WitnessAnswer.Refused(var why) -> {
                    return why;
                }
            }
        }
        return "it names another size each time (409)";
    }

    private void succeeded() {
        if (!failure.isEmpty()) {
            LOG.info("witness `{}` signs again", name());
        }
        failure = "";
        pauseNanos = 0;
    }

    private void failed(String why, long nanos) {
        if (!why.equals(failure)) {
            LOG.warn("witness `{}` does not sign the ledger's checkpoint: {}", name(), why);
        }
        failure = why;
        pauseNanos = Math.clamp(2 * pauseNanos, PAUSE_NANOS_FIRST, PAUSE_NANOS_MAX);
        notBefore = nanos + pauseNanos;
    }
}
