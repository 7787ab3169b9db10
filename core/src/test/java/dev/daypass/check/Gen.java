package dev.daypass.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/// Random values for [Check]: small ones and awkward ones more often than chance would have it.
public final class Gen {
    private static final List<String> AWKWARD =
            List.of(
                    "\"", "\\", "/", "%", ".", "\u0000", "\u001f", "\u007f", "\u2028", "é",
                    "\ufb01", "\uff0f", "\u200b", "😀", "\uffff", "*", "{", "}", "[", "]", "&", "=",
                    "+", ";");

    private Gen() {}

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> T pick(Random random, T... choices) {
        return pick(random, Arrays.asList(choices));
    }

    public static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public static <T> List<T> list(Random random, int sizeMax, Function<Random, T> item) {
        var out = new ArrayList<T>();
        for (int i = random.nextInt(sizeMax + 1); i > 0; i--) {
            out.add(item.apply(random));
        }
        return out;
    }

    /// Letters from a small alphabet, so that equal words turn up.
    public static String word(Random random, int charsMax) {
        return chars(random, charsMax, "abcA1-");
    }

    public static String chars(Random random, int charsMax, String alphabet) {
        var out = new StringBuilder();
        for (int i = random.nextInt(charsMax + 1); i > 0; i--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }

    /// Any text that UTF-8 can hold.
    public static String text(Random random, int piecesMax) {
        return String.join(
                "",
                list(random, piecesMax, r -> r.nextInt(3) == 0 ? pick(r, AWKWARD) : word(r, 3)));
    }

    public static byte[] bytes(Random random, int sizeMax) {
        byte[] out = new byte[random.nextInt(sizeMax + 1)];
        random.nextBytes(out);
        return out;
    }

    /// `text` with a few bytes changed, dropped, repeated or put in.
    public static byte[] mutated(Random random, String text, String alphabet) {
        var bytes = new ArrayList<Byte>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.size() + 1);
            byte fresh =
                    random.nextInt(8) == 0
                            ? (byte) random.nextInt()
                            : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            if (at == bytes.size() || random.nextBoolean()) {
                bytes.add(at, fresh);
            } else if (random.nextBoolean()) {
                bytes.remove(at);
            } else {
                bytes.set(at, fresh);
            }
        }
        byte[] out = new byte[bytes.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = bytes.get(i);
        }
        return out;
    }
}
