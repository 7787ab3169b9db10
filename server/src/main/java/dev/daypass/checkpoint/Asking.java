package dev.daypass.checkpoint;

import dev.daypass.config.LedgerWitness;
import dev.daypass.ledger.AddCheckpoint;
import dev.daypass.ledger.WitnessAnswer;
import java.io.IOException;

/// Asks a witness to sign.
@FunctionalInterface
interface Asking {
    /// @throws IOException if it does not answer in time, or says too much; the message says which
    /// @throws dev.daypass.wire.WireException if it does not answer as a witness
    WitnessAnswer ask(LedgerWitness witness, AddCheckpoint question) throws IOException;
}
