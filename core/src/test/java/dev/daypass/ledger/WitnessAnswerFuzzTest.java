package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.wire.WireException;
import java.util.Arrays;
import java.util.List;

/// The answer of a witness comes from outside: refused in one line, or verified.
class WitnessAnswerFuzzTest {
    private static final int[] STATUS = {200, 409, 200, 403, 404, 422, 400, 500};

    private static final NoteSigner WITNESS =
            new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);
    private static final SignedNote NOTE =
            new NoteSigner("log.example", NoteKey.Kind.LOG)
                    .sign(new Checkpoint("log.example", new Tree(1, TreeHash.leaf(new byte[0]))));

    @FuzzTest
    void an_answer_is_refused_in_one_line_or_verified(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int status = STATUS[input[0] & 7];
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        try {
            switch (WitnessAnswer.read(status, body, NOTE, WITNESS.key())) {
                case WitnessAnswer.Cosigned(var line) ->
                        assertEquals(1, NOTE.with(List.of(line)).signedBy(WITNESS.key()).size());
                case WitnessAnswer.Knows(var size) -> assertTrue(size >= 0);
                case WitnessAnswer.Refused(var why) ->
                        assertTrue(why.length() < 200 && why.lines().count() == 1, why);
            }
        } catch (WireException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.length() < 400 && message.lines().count() <= 1, message);
        }
    }
}
