package dev.daypass.store;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A master key for tests: known to all, the same for every store.
public final class FixedMaster implements MasterKey {
    public static final MasterKey KEY = new FixedMaster();
    private static final byte[] BYTES = new byte[FactSeal.KEY_BYTES];
    private final Map<String, Integer> sealed = new HashMap<>();

    private FixedMaster() {}

    @Override
    public synchronized byte[] seal(byte[] key, String label) {
        byte[] nonce = new byte[FactSeal.NONCE_BYTES];
        nonce[0] = (byte) sealed.merge(label, 1, Integer::sum).intValue();
        return FactSeal.seal(BYTES, nonce, label.getBytes(StandardCharsets.UTF_8), key);
    }

    @Override
    public byte @Nullable [] open(byte[] sealed, String label) {
        return FactSeal.open(BYTES, label.getBytes(StandardCharsets.UTF_8), sealed);
    }

    @Override
    public byte[] tag(String text) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
