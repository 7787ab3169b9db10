package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a witness is asked, and what its answers mean.
class WitnessAnswerTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_800_000_000);

    private final NoteSigner log = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
    private final NoteSigner witness = new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);
    private final SignedNote note = note(7);

    private SignedNote note(long size) {
        var tree = new Tree(size, TreeHash.leaf(new byte[] {1}));
        return log.sign(new Checkpoint("log.example/ledger", tree));
    }

    private WitnessAnswer read(int status, String body) {
        return WitnessAnswer.read(
                status, body.getBytes(StandardCharsets.UTF_8), note, witness.key());
    }

    private void refused(int status, String body, String why) {
        WireException e = assertThrows(WireException.class, () -> read(status, body));
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }

    @Test
    void the_request_has_the_old_size_the_proof_an_empty_line_and_the_checkpoint() {
        TreeHash hash = TreeHash.leaf(new byte[] {2});

        assertEquals(
                "old 5\n%s\n\n%s".formatted(hash, note),
                new AddCheckpoint(5, List.of(hash), note).body());
        assertEquals("old 0\n\n" + note, new AddCheckpoint(0, List.of(), note).body());
    }

    @Test
    void its_signature_is_taken_and_others_are_left_out() {
        SignedNote.Line ours = witness.cosign(note, TIME);
        var other = new NoteSigner("other.example", NoteKey.Kind.COSIGNER);

        assertEquals(
                new WitnessAnswer.Cosigned(ours),
                read(200, other.cosign(note, TIME).toString() + ours));
    }

    @Test
    void a_signature_of_another_key_or_of_another_checkpoint_is_none() {
        var impostor = new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);

        refused(200, impostor.cosign(note, TIME).toString(), "another key");
        refused(200, witness.cosign(note(8), TIME).toString(), "does not verify");
        refused(200, "", "newline");
        refused(200, "\n", "a dash, a name, and base64");
        refused(200, "hello\n", "a dash, a name, and base64");
    }

    @Test
    void another_size_is_read_as_checkpoints_write_it() {
        assertEquals(new WitnessAnswer.Knows(12), read(409, "12\n"));
        assertEquals(new WitnessAnswer.Knows(0), read(409, "0\n"));
        for (String size :
                List.of("-1\n", "012\n", "12\n13\n", "12", "12 \n", "\n", "9".repeat(19) + "\n")) {
            assertThrows(WireException.class, () -> read(409, size), size);
        }
    }

    @Test
    void whoever_does_not_sign_is_quoted_with_none_of_its_words() {
        for (int status : List.of(400, 403, 404, 422, 500, 302)) {
            var refused =
                    assertInstanceOf(
                            WitnessAnswer.Refused.class, read(status, "<script>\u001b[2J"));
            assertTrue(refused.why().contains(String.valueOf(status)), refused.why());
        }
        refused(200, "x".repeat(WitnessAnswer.BYTES_MAX + 1), "at most");
    }
}
