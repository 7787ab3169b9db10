package dev.daypass.identity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;

/// The id of a temporary account: `acc_` and 26 Crockford base-32 characters, of which the first 10
/// are the opening time in milliseconds and the other 16 are random. Ids sort by opening time.
///
/// @param value the id as it is written everywhere
public record AccountId(String value) implements Comparable<AccountId> {
    /// Random bytes that one id takes.
    public static final int RANDOM_BYTES = 10;

    private static final int BYTES = 16;
    private static final int RANDOM_BITS_OF_HIGH = 16;
    private static final Pattern SHAPE = Pattern.compile("acc_[0-7][0-9A-HJKMNP-TV-Z]{25}");
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = new byte['Z' + 1];

    static {
        for (byte i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = i;
        }
    }

    public AccountId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidName("not an account id; expected acc_ and 26 characters");
        }
    }

    /// Whether a text is one.
    public static boolean valid(String text) {
        return SHAPE.matcher(text).matches();
    }

    /// @param epochMillis opening time, 0 to 2^48 - 1
    /// @param random {@value #RANDOM_BYTES} random bytes
    public static AccountId of(long epochMillis, byte[] random) {
        if (random.length != RANDOM_BYTES || epochMillis < 0 || epochMillis >>> 48 != 0) {
            throw new IllegalArgumentException("need 10 random bytes and a 48-bit time");
        }
        char[] out = new char[30];
        "acc_".getChars(0, 4, out, 0);
        for (int i = 0; i < 10; i++) {
            out[4 + i] = DIGITS[(int) (epochMillis >>> (45 - 5 * i)) & 31];
        }
        writeBase32(random, out, 14);
        return new AccountId(new String(out));
    }

    private static void writeBase32(byte[] bytes, char[] out, int at) {
        int buffer = 0;
        int bits = 0;
        int position = at;
        for (byte b : bytes) {
            buffer = buffer << 8 | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out[position++] = DIGITS[buffer >>> bits & 31];
            }
            buffer &= (1 << bits) - 1;
        }
    }

    /// The first half of the id's 128 bits: the opening time and 16 random bits.
    public long high() {
        // 3 + 12 * 5 bits, and one of the next character.
        return bits(4, 17) << 1 | digit(17) >>> 4;
    }

    /// The second half of the id's 128 bits: random.
    public long low() {
        return (digit(17) & 15) << 60 | bits(18, 30);
    }

    /// The id's 128 bits. They sort as ids do.
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high()).putLong(low()).array();
    }

    /// The id of which these are the 128 bits.
    public static AccountId ofBytes(byte[] bits) {
        if (bits.length != BYTES) {
            throw new InvalidName("an account id has 16 bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bits);
        byte[] random = Arrays.copyOfRange(bits, BYTES - RANDOM_BYTES, BYTES);
        return of(in.getLong() >>> RANDOM_BITS_OF_HIGH, random);
    }

    private long bits(int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 5 | digit(i);
        }
        return bits;
    }

    private long digit(int at) {
        return VALUES[value.charAt(at)];
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
