package dev.daypass.checkpoint;

import dev.daypass.authority.KeyFileException;
import dev.daypass.authority.KeyFiles;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The key that signs checkpoints, Ed25519 (RFC 8032), and the name of the log. Its file has two
/// lines: the public key as notes write it, and the private key (PKCS #8, base64).
public final class LogKey {
    public static final String FILE = "ledger.key";

    /// The public key alone, to be handed out.
    public static final String PUBLIC_FILE = "ledger.pub";

    private static final int SUFFIX_BYTES = 4;

    private final NoteKey key;
    private final PrivateKey signing;

    private LogKey(NoteKey key, PrivateKey signing) {
        this.key = key;
        this.signing = signing;
    }

    /// Makes a new key for a new log.
    ///
    /// @param trustDomain part of the log's name
    /// @throws java.nio.file.FileAlreadyExistsException if there is one
    /// @throws IOException if it cannot be written
    public static LogKey create(Path directory, String trustDomain) throws IOException {
        byte[] suffix = new byte[SUFFIX_BYTES];
        new SecureRandom().nextBytes(suffix);
        String name = trustDomain + "/ledger-" + HexFormat.of().formatHex(suffix);
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] point =
                    Arrays.copyOfRange(
                            encoded, encoded.length - NoteKey.Point.BYTES, encoded.length);
            var key = new NoteKey(name, NoteKey.Kind.LOG, new NoteKey.Point(point));
            String text =
                    key
                            + "\n"
                            + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                            + "\n";
            KeyFiles.create(directory.resolve(FILE), text.getBytes(StandardCharsets.US_ASCII));
            KeyFiles.replace(
                    directory.resolve(PUBLIC_FILE),
                    (key + "\n").getBytes(StandardCharsets.US_ASCII));
            return new LogKey(key, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// @throws KeyFileException if it is not such a file, or is open to others
    /// @throws IOException if it cannot be read
    public static LogKey load(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        String[] lines = new String(KeyFiles.read(file), StandardCharsets.US_ASCII).split("\n", -1);
        try {
            if (lines.length == 3 && lines[2].isEmpty()) {
                NoteKey key = NoteKey.parse(lines[0]);
                PrivateKey signing =
                        KeyFactory.getInstance("Ed25519")
                                .generatePrivate(
                                        new PKCS8EncodedKeySpec(
                                                Base64.getDecoder().decode(lines[1])));
                var loaded = new LogKey(key, signing);
                var probe = new SignedNote("probe\n", List.of());
                if (!loaded.sign(probe).signedBy(key).isEmpty()) {
                    return loaded;
                }
            }
        } catch (WireException | IllegalArgumentException | GeneralSecurityException _) {
            // told below: nothing of a key is
        }
        throw new KeyFileException("`%s` is damaged; put it back from a backup".formatted(file));
    }

    public NoteKey key() {
        return key;
    }

    SignedNote sign(Checkpoint checkpoint) {
        return sign(new SignedNote(checkpoint.text(), List.of()));
    }

    private SignedNote sign(SignedNote note) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signing);
            signature.update(note.message());
            return note.with(List.of(SignedNote.line(key, signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
