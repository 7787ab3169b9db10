package dev.daypass.checkpoint;

import dev.daypass.config.LedgerWitness;
import dev.daypass.ledger.SignedNote;
import dev.daypass.store.LedgerTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Has outside witnesses sign what this server signed (C2SP `tlog-witness`). They are asked behind
/// everybody's back: nothing waits for them, and one that fails is told of, left alone for a while,
/// and asked again. Thread-safe.
public final class Cosigners implements AutoCloseable {
    private final List<AskedWitness> witnesses;
    private final Checkpointer checkpoints;
    private final LedgerTree ledger;
    private final Asking asking;
    private final LongSupplier nanoTime;
    private final AtomicBoolean busy = new AtomicBoolean();

    Cosigners(
            List<LedgerWitness> witnesses,
            Checkpointer checkpoints,
            LedgerTree ledger,
            Asking asking,
            LongSupplier nanoTime) {
        this.witnesses = witnesses.stream().map(AskedWitness::new).toList();
        this.checkpoints = checkpoints;
        this.ledger = ledger;
        this.asking = asking;
        this.nanoTime = nanoTime;
    }

    /// Over HTTP.
    public static Cosigners over(
            List<LedgerWitness> witnesses, Checkpointer checkpoints, LedgerTree ledger) {
        return new Cosigners(
                witnesses,
                checkpoints,
                ledger,
                new HttpAsking(HttpAsking.TIME_MAX),
                System::nanoTime);
    }

    /// Asks who has not signed the newest checkpoint. Blocks until all have answered, or did not in
    /// time; one round at a time.
    public void tick() {
        SignedNote note = checkpoints.latest();
        if (note == null || witnesses.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            round(note);
        } finally {
            busy.set(false);
        }
    }

    private void round(SignedNote note) {
        long nanos = nanoTime.getAsLong();
        var asked = new ArrayList<Thread>();
        for (AskedWitness witness : witnesses) {
            if (witness.isDue(note, nanos)) {
                asked.add(Thread.ofVirtual().start(() -> witness.ask(note, ledger, asking, nanos)));
            }
        }
        try {
            for (Thread one : asked) {
                one.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        List<SignedNote.Line> lines =
                witnesses.stream()
                        .map(witness -> witness.line(note))
                        .filter(Objects::nonNull)
                        .toList();
        checkpoints.cosigned(lines.isEmpty() ? null : note.with(lines));
    }

    /// Those that did not sign the last time, by name.
    public List<String> failing() {
        return witnesses.stream()
                .filter(witness -> !witness.failure().isEmpty())
                .map(AskedWitness::name)
                .toList();
    }

    /// Nobody is asked any more.
    @Override
    public void close() {
        if (asking instanceof HttpAsking http) {
            http.close();
        }
    }
}
