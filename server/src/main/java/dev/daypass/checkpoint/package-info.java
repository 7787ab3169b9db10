/// Signed checkpoints of the ledger's tree, and proofs from it.
@NullMarked
package dev.daypass.checkpoint;

import org.jspecify.annotations.NullMarked;
