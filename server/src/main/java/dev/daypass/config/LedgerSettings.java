package dev.daypass.config;

import java.time.Duration;
import java.util.List;

/// The writer of facts, and the ledger that they are in.
///
/// @param queueMax facts that wait for the writer, 1 to 1 000 000
/// @param batchMax facts in one durable commit, 1 to 100 000; at most `queueMax`
/// @param readsDurableFirst whether also the answer of a call that only reads waits for its fact
/// @param keepPersonal how long what is personal in facts stays readable
/// @param witnesses that sign checkpoints too, at most 16
/// @param database where they are kept
public record LedgerSettings(
        int queueMax,
        int batchMax,
        boolean readsDurableFirst,
        Duration keepPersonal,
        List<LedgerWitness> witnesses,
        DatabaseSettings database) {
    static final Key<List<LedgerWitness>> WITNESSES =
            new Key<>(
                    "ledger.witnesses",
                    LedgerWitness.KIND,
                    List.of(),
                    "outside witnesses that are asked to sign each checkpoint (C2SP tlog-witness); the ledger goes on without one that does not");

    static final List<Key<?>> ALL = List.of(WITNESSES);

    public LedgerSettings {
        witnesses = List.copyOf(witnesses);
        Keys.LEDGER_QUEUE_MAX.require(queueMax);
        Keys.LEDGER_BATCH_MAX.require(batchMax);
        Keys.LEDGER_KEEP_PERSONAL.require(keepPersonal);
        WITNESSES.require(witnesses);
        if (batchMax > queueMax) {
            throw Config.tooLarge(Keys.LEDGER_BATCH_MAX, batchMax, Keys.LEDGER_QUEUE_MAX, queueMax);
        }
    }

    static LedgerSettings from(Settings from) {
        return new LedgerSettings(
                from.get(Keys.LEDGER_QUEUE_MAX),
                from.get(Keys.LEDGER_BATCH_MAX),
                from.get(Keys.LEDGER_READS_DURABLE_FIRST),
                from.get(Keys.LEDGER_KEEP_PERSONAL),
                from.get(WITNESSES),
                DatabaseSettings.from(from));
    }
}
