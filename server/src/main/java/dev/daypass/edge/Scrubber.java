package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes echoes of the injected secret out of what goes back to the agent: each is overwritten with
/// as many `*`, so that lengths stay right. Holds back at most the length of the secret between two
/// chunks of a body.
final class Scrubber {
    /// Shorter secrets would be found everywhere by chance.
    private static final int SECRET_CHARS_MIN = 6;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    private final List<byte[]> needles;
    private final int longest;
    private byte[] held = new byte[0];

    private Scrubber(List<byte[]> needles) {
        this.needles = needles;
        this.longest = needles.stream().mapToInt(n -> n.length).max().orElse(0);
    }

    /// Looks for the secrets as they are, URL-encoded, as JSON may escape them, and base64-encoded on
    /// their own; where a secret is a word and a key, such as `Token 1234`, for the key alone too.
    static Scrubber of(List<String> secrets) {
        var forms = new LinkedHashSet<String>();
        for (String secret : secrets) {
            forms(secret, forms);
            forms(secret.substring(secret.lastIndexOf(' ') + 1), forms);
        }
        return new Scrubber(forms.stream().map(f -> f.getBytes(StandardCharsets.UTF_8)).toList());
    }

    private static void forms(String secret, Set<String> forms) {
        if (secret.length() < SECRET_CHARS_MIN) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(secret.replace("/", "\\/"));
        forms.add(encoded);
        forms.add(ESCAPE.matcher(encoded).replaceAll(m -> m.group().toLowerCase(Locale.ROOT)));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    boolean idle() {
        return needles.isEmpty();
    }

    String scrub(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return overwrite(bytes) ? new String(bytes, StandardCharsets.ISO_8859_1) : value;
    }

    /// The next part of a body that may go out.
    Buffer next(Buffer chunk) {
        byte[] all = Arrays.copyOf(held, held.length + chunk.length());
        chunk.getBytes(all, held.length);
        overwrite(all);
        int keep = possibleStart(all);
        held = Arrays.copyOfRange(all, all.length - keep, all.length);
        return Buffer.buffer(keep == 0 ? all : Arrays.copyOf(all, all.length - keep));
    }

    /// What was held back at the end of a body.
    Buffer rest() {
        Buffer out = Buffer.buffer(held);
        held = new byte[0];
        return out;
    }

    private boolean overwrite(byte[] bytes) {
        boolean found = false;
        for (byte[] needle : needles) {
            for (int at = indexOf(bytes, needle, 0);
                    at >= 0;
                    at = indexOf(bytes, needle, at + needle.length)) {
                Arrays.fill(bytes, at, at + needle.length, (byte) '*');
                found = true;
            }
        }
        return found;
    }

    /// How many bytes at the end may be the beginning of a secret.
    private int possibleStart(byte[] bytes) {
        for (int length = Math.min(longest - 1, bytes.length); length > 0; length--) {
            int from = bytes.length - length;
            for (byte[] needle : needles) {
                if (length < needle.length
                        && Arrays.equals(bytes, from, bytes.length, needle, 0, length)) {
                    return length;
                }
            }
        }
        return 0;
    }

    private static int indexOf(byte[] bytes, byte[] needle, int from) {
        byte first = needle[0];
        for (int at = from; at <= bytes.length - needle.length; at++) {
            if (bytes[at] == first
                    && Arrays.equals(bytes, at, at + needle.length, needle, 0, needle.length)) {
                return at;
            }
        }
        return -1;
    }
}
