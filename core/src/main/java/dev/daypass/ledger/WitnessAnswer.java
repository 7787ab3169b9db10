package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a witness answered to [AddCheckpoint] (C2SP `tlog-witness`). Of its words only what was
/// verified goes further.
public sealed interface WitnessAnswer {
    /// The longest that is read.
    int BYTES_MAX = 16 * 1024;

    int CONFLICT = 409;

    /// It signed.
    ///
    /// @param line its signature, verified; those of other keys are left out
    record Cosigned(SignedNote.Line line) implements WitnessAnswer {}

    /// It signed a tree of another size before (409).
    ///
    /// @param size of that tree
    record Knows(long size) implements WitnessAnswer {}

    /// It does not sign.
    ///
    /// @param why what its status says, in a sentence without full stop
    record Refused(String why) implements WitnessAnswer {}

    /// @param note what it was asked to sign
    /// @param witness its key
    /// @throws WireException if it does not answer as a witness
    static WitnessAnswer read(int status, byte[] body, SignedNote note, NoteKey witness) {
        if (body.length > BYTES_MAX) {
            throw new WireException(
                    "the answer of a witness has at most %d bytes".formatted(BYTES_MAX));
        }
        return switch (status) {
            case 200 -> cosigned(lines(body), note, witness);
            case CONFLICT -> new Knows(size(lines(body)));
            case 400 -> new Refused("it understands another request than it was sent (400)");
            case 403 -> new Refused("it knows this log by another key (403)");
            case 404 -> new Refused("it does not know this log; its operator has to add it (404)");
            case 422 ->
                    new Refused(
                            "it is not shown that this ledger begins with what it signed before (422)");
            default -> new Refused("it answered %d".formatted(status));
        };
    }

    private static long size(List<String> lines) {
        if (lines.size() != 1) {
            throw new WireException("a witness tells one size");
        }
        return Checkpoint.size(lines.getFirst());
    }

    private static Cosigned cosigned(List<String> lines, SignedNote note, NoteKey witness) {
        var signatures = new ArrayList<SignedNote.Line>();
        for (String line : lines) {
            SignedNote.Line signature = SignedNote.line(line);
            if (!new SignedNote(note.text(), List.of(signature)).signedBy(witness).isEmpty()) {
                signatures.add(signature);
            }
        }
        if (signatures.isEmpty()) {
            throw new WireException("the witness signed with another key than `" + witness + "`");
        }
        return new Cosigned(signatures.getFirst());
    }

    /// Each ends in a newline, and none is empty.
    private static List<String> lines(byte[] utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException _) {
            throw new WireException("the answer of a witness is utf-8");
        }
        if (!text.endsWith("\n")) {
            throw new WireException("each line of a witness's answer ends in a newline");
        }
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }
}
