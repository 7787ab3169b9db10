package dev.daypass.ledger;

import dev.daypass.wire.WireException;
import java.util.List;

/// What a log says of its tree (C2SP `tlog-checkpoint`).
///
/// @param origin the log's name
/// @param tree its size and root
public record Checkpoint(String origin, Tree tree) {
    private static final int DIGITS_MAX = 18;

    public Checkpoint {
        NoteKey.requireName(origin);
    }

    /// @param text of a note; lines behind the third are ignored, as they may mean something to
    ///   others
    /// @throws WireException if it is no checkpoint
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new WireException("a checkpoint is an origin, a size and a root, each on a line");
        }
        for (String extension : List.of(lines).subList(3, lines.length - 1)) {
            if (extension.isEmpty()) {
                throw new WireException("a checkpoint has no empty line");
            }
        }
        return new Checkpoint(lines[0], new Tree(size(lines[1]), TreeHash.of(lines[2])));
    }

    /// @throws WireException if it is no size as checkpoints write it
    public static long size(String digits) {
        boolean plain =
                !digits.isEmpty()
                        && digits.length() <= DIGITS_MAX
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (digits.equals("0") || digits.charAt(0) != '0');
        if (!plain) {
            throw new WireException("a size is decimal, without leading zeros");
        }
        return Long.parseLong(digits);
    }

    /// @throws WireException if the key did not sign it, or it is of another log
    public static Checkpoint verified(SignedNote note, NoteKey log) {
        if (note.signedBy(log).isEmpty()) {
            throw new WireException("the checkpoint is not signed by `%s`".formatted(log.name()));
        }
        Checkpoint checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(log.name())) {
            throw new WireException("the checkpoint is of another log");
        }
        return checkpoint;
    }

    /// The text that is signed.
    public String text() {
        return "%s\n%d\n%s\n".formatted(origin, tree.size(), tree.root());
    }
}
