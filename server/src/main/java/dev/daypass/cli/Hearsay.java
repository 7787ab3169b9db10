package dev.daypass.cli;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;

/// What other servers of the same database say, on its way to who can use it; what comes before
/// somebody listens is lost, as anything of it may be.
final class Hearsay implements Consumer<String> {
    private static final int NAME_BYTES = 8;

    private volatile Consumer<String> listener = _ -> {};

    /// A name for one life of a server.
    static String name() {
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    void to(Consumer<String> listening) {
        listener = listening;
    }

    @Override
    public void accept(String said) {
        listener.accept(said);
    }
}
