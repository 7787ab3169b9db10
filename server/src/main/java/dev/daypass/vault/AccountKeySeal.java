package dev.daypass.vault;

import dev.daypass.store.MasterKey;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Seals the keys of accounts under the vault's key.
public final class AccountKeySeal implements MasterKey {
    private final Supplier<Sealer> sealer;

    /// @param sealer asked for when it is needed first: it may still be loaded
    public AccountKeySeal(Supplier<Sealer> sealer) {
        this.sealer = sealer;
    }

    @Override
    public byte[] seal(byte[] key, String label) {
        return sealer.get().seal(Secret.of(key), bytes(label));
    }

    @Override
    public byte @Nullable [] open(byte[] sealed, String label) {
        return switch (sealer.get().open(sealed, bytes(label))) {
            case Sealer.Opening.Opened(var key) -> key.revealBytes();
            case Sealer.Opening.Refused _ -> null;
        };
    }

    @Override
    public byte[] tag(String text) {
        return sealer.get().tag(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
