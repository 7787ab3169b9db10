package dev.daypass.run;

import dev.daypass.wire.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/// The secret of one run, which stands in the path of each URL that the program is given: whoever
/// does not have it is not served. It does not print.
final class RunSecret {
    private static final int BYTES = 24;

    private final String text;

    private RunSecret(String text) {
        this.text = text;
    }

    static RunSecret make() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new RunSecret(Base64Url.encode(bytes));
    }

    /// Whether it is this one; takes as long for a near miss as for a far one.
    boolean is(String shown) {
        return MessageDigest.isEqual(bytes(text), bytes(shown));
    }

    /// Whether a text that goes on to others would tell it.
    boolean in(String outgoing) {
        return outgoing.contains(text);
    }

    /// For the program's own URLs.
    String reveal() {
        return text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
