package dev.daypass.console;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operators and the hashes of their tokens, one `name hash` a line. A token itself is kept
/// nowhere.
public final class Operators {
    private static final String BEARER = "Bearer ";
    private static final int HASH_BYTES = 32;

    private final Map<String, byte[]> hashes;

    private Operators(Map<String, byte[]> hashes) {
        this.hashes = hashes;
    }

    /// @throws WireException if it names nobody, or a line is not a name and a hash
    public static Operators parse(String file) {
        var hashes = new LinkedHashMap<String, byte[]>();
        file.lines().filter(line -> !line.isBlank()).forEach(line -> add(line, hashes));
        if (hashes.isEmpty()) {
            throw new WireException("expected `name hash` on each line, found none");
        }
        return new Operators(hashes);
    }

    private static void add(String line, Map<String, byte[]> hashes) {
        String[] parts = line.split(" ", -1);
        byte[] hash = parts.length == 2 ? Base64Url.decode(parts[1]) : new byte[0];
        if (parts[0].isEmpty() || hash.length != HASH_BYTES) {
            throw new WireException("expected `name hash` on each line");
        }
        hashes.put(parts[0], hash);
    }

    /// The line of an operator.
    public static String line(String name, Secret token) {
        return name + " " + Base64Url.encode(sha256(token.reveal())) + "\n";
    }

    /// The operator of an `Authorization` field; `null` for nobody. Every hash is compared, in
    /// constant time.
    @Nullable String named(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return null;
        }
        byte[] shown = sha256(authorization.substring(BEARER.length()).strip());
        String found = null;
        for (var entry : hashes.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), shown)) {
                found = entry.getKey();
            }
        }
        return found;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
