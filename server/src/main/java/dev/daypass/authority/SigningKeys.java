package dev.daypass.authority;

import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// The keys that sign access tokens (RFC 9068), in files of the data directory. The newest signs;
/// older ones stay listed until they are retired, so that tokens they signed keep verifying. Safe
/// for use by many threads; at most one process may change a directory at a time.
public final class SigningKeys {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final int SIGNATURE_CHARS = 86;

    private final SigningKeyFiles files;
    private final Es256 es256;
    private volatile State state;

    private SigningKeys(SigningKeyFiles files, List<SigningKey> keys) {
        this.files = files;
        this.es256 = Es256.ofFirstProvider();
        this.state = State.of(keys, es256);
    }

    /// Makes the first key.
    ///
    /// @throws FileAlreadyExistsException if `dir` has one; it is left as it is
    /// @throws IOException if it cannot be written
    public static SigningKeys create(Path dir, Instant now) throws IOException {
        var files = new SigningKeyFiles(dir);
        if (!files.read().isEmpty()) {
            throw new FileAlreadyExistsException(dir.toString());
        }
        return new SigningKeys(files, List.of(files.make(now.truncatedTo(ChronoUnit.MILLIS))));
    }

    /// @throws KeyFileException if `dir` has no keys, or one is not fit to be used
    /// @throws IOException if they cannot be read
    public static SigningKeys load(Path dir) throws IOException {
        var files = new SigningKeyFiles(dir);
        List<SigningKey> keys = files.read();
        if (keys.isEmpty()) {
            throw new KeyFileException(
                    "no token signing key in `%s`; make one with: daypass init".formatted(dir));
        }
        return new SigningKeys(files, keys);
    }

    /// Signs claims with the newest key.
    ///
    /// @param claims JSON in UTF-8; the header says `at+jwt` and nothing about them is checked
    /// @return a compact JWS (RFC 7515, section 7.1)
    /// @throws IllegalArgumentException if it would be longer than
    ///   [VerificationKeys#TOKEN_CHARS_MAX]
    public String sign(byte[] claims) {
        SigningKey signer = state.signer();
        byte[] head = signer.head();
        byte[] body = BASE64URL.encode(claims);
        int length = head.length + body.length;
        requireSize(length + 1 + SIGNATURE_CHARS);
        byte[] token = new byte[length];
        System.arraycopy(head, 0, token, 0, head.length);
        System.arraycopy(body, 0, token, head.length, body.length);
        byte[] signature = BASE64URL.encode(es256.sign(signer.key(), token));
        byte[] whole = java.util.Arrays.copyOf(token, length + 1 + signature.length);
        whole[length] = '.';
        System.arraycopy(signature, 0, whole, length + 1, signature.length);
        return new String(whole, StandardCharsets.ISO_8859_1);
    }

    /// Signs claims of another type than a token with the newest key. However long they are.
    ///
    /// @param type the header's `typ`, which keeps it from being taken for a token (RFC 8725,
    ///   section 3.11)
    public String sign(String type, byte[] claims) {
        if (VerificationKeys.TYPES.contains(type)) {
            throw new IllegalArgumentException("`%s` is the type of tokens".formatted(type));
        }
        SigningKey signer = state.signer();
        String signed = signer.head(type) + Base64Url.encode(claims);
        byte[] signature = es256.sign(signer.key(), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64Url.encode(signature);
    }

    /// @see #sign(byte[])
    public String sign(String claims) {
        return sign(claims.getBytes(StandardCharsets.UTF_8));
    }

    /// Signs a message of another form than a token with the newest key (RFC 9421, section 3.3.4).
    ///
    /// @param message what is signed, given the key's name; it must not look like a token, which is
    ///   two base64url texts joined by a dot
    /// @return two numbers of 32 bytes
    public byte[] signMessage(Function<String, byte[]> message) {
        SigningKey signer = state.signer();
        return es256.sign(signer.key(), message.apply(signer.kid()));
    }

    /// @see VerificationKeys#verify(String)
    public SignatureCheck verify(String token) {
        return state.published().verify(token);
    }

    /// The public half of all keys, for edges.
    public VerificationKeys verificationKeys() {
        return state.published();
    }

    /// @see VerificationKeys#jwks()
    public String jwks() {
        return state.published().jwks();
    }

    /// The name of the key that signs now (RFC 7638).
    public String kid() {
        return state.signer().kid();
    }

    /// Makes a new key, which signs from now on; those before it stay listed.
    ///
    /// @throws KeyFileException if there are 64 keys already
    /// @throws IOException if it cannot be written; then nothing has changed
    public synchronized void rotate(Instant now) throws IOException {
        State before = state;
        if (before.keys().size() >= SigningKeyFiles.KEYS_MAX) {
            throw new KeyFileException(
                    "%d token signing keys are listed; retire old ones before making another"
                            .formatted(before.keys().size()));
        }
        // Later than the last even where the clock went back: the order decides who signs.
        Instant next = before.signer().since().plusMillis(1);
        Instant since = now.isBefore(next) ? next : now.truncatedTo(ChronoUnit.MILLIS);
        var keys = new ArrayList<>(before.keys());
        keys.add(files.make(since));
        state = State.of(keys, es256);
    }

    /// Deletes the keys whose successor began to sign before `time`, which should be longer ago
    /// than any token lives. Tokens that they signed verify no more. The newest key is never among
    /// them.
    ///
    /// @return the names of the keys deleted
    /// @throws IOException if a file cannot be deleted; its key is unlisted until the next start
    public synchronized List<String> retire(Instant time) throws IOException {
        List<SigningKey> keys = state.keys();
        int retired = 0;
        while (retired + 1 < keys.size() && keys.get(retired + 1).since().isBefore(time)) {
            retired++;
        }
        List<SigningKey> gone = keys.subList(0, retired);
        state = State.of(keys.subList(retired, keys.size()), es256);
        for (SigningKey key : gone) {
            files.delete(key);
        }
        return gone.stream().map(SigningKey::kid).toList();
    }

    private static void requireSize(int chars) {
        if (chars > VerificationKeys.TOKEN_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "token of %d characters is too long; permitted: %d"
                            .formatted(chars, VerificationKeys.TOKEN_CHARS_MAX));
        }
    }

    private record State(List<SigningKey> keys, SigningKey signer, VerificationKeys published) {
        static State of(List<SigningKey> keys, Es256 es256) {
            return new State(
                    List.copyOf(keys),
                    keys.getLast(),
                    VerificationKeys.of(publicKeys(keys), es256));
        }

        private static List<ECPublicKey> publicKeys(List<SigningKey> keys) {
            return keys.stream().map(SigningKey::publicKey).toList();
        }
    }
}
