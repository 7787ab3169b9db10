package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;

/// Notes, checkpoints, keys and proofs come from outside: refused in one line, or read and written
/// alike.
class NoteFuzzTest {
    @FuzzTest
    void bytes_are_refused_in_one_line_or_read_and_written_alike(byte[] input) {
        try {
            SignedNote note = SignedNote.parse(input);
            assertEquals(new String(input, StandardCharsets.UTF_8), note.toString());
            assertTrue(Checkpoint.parse(note.text()).tree().size() >= 0);
        } catch (WireException e) {
            short_line(e);
        }
        try {
            FactProof proof = FactProof.parse(input);
            assertEquals(proof, FactProof.parse(proof.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (WireException e) {
            short_line(e);
        }
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            assertEquals(text, NoteKey.parse(text).toString());
        } catch (WireException e) {
            short_line(e);
        }
        try {
            assertEquals(text, TilePath.parse(text).toString());
        } catch (WireException e) {
            short_line(e);
        }
    }

    private static void short_line(WireException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.length() < 300 && message.lines().count() <= 1, message);
    }
}
