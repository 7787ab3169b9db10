package dev.daypass.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;

/// Signs notes in tests, with a key of its own.
public final class NoteSigner {
    private final KeyPair pair;
    private final NoteKey key;

    public NoteSigner(String name, NoteKey.Kind kind) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        byte[] encoded = pair.getPublic().getEncoded();
        key =
                new NoteKey(
                        name,
                        kind,
                        new NoteKey.Point(
                                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }

    public NoteKey key() {
        return key;
    }

    public SignedNote sign(Checkpoint checkpoint) {
        var unsigned = new SignedNote(checkpoint.text(), java.util.List.of());
        return unsigned.with(
                java.util.List.of(SignedNote.line(key, signature(unsigned.message()))));
    }

    public SignedNote.Line cosign(SignedNote note, Instant time) {
        return SignedNote.line(key, time, signature(note.cosigned(time)));
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
