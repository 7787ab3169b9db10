package dev.daypass.policy;

/// An IP address. IPv4 is held in its mapped form `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.2), so
/// that the two ways to write it are one.
///
/// @param high first 64 bits
/// @param low last 64 bits
record IpAddress(long high, long low) {
    static final int BITS = 128;
    static final int MAPPED_PREFIX = 96;

    private static final int CHARS_MAX = 45;
    private static final int GROUPS = 8;

    /// Reads the text forms of RFC 4291, section 2.2, and dotted IPv4 without leading zeros. No
    /// name is looked up, no zone accepted.
    ///
    /// @throws IllegalArgumentException if it is neither
    static IpAddress parse(String text) {
        if (text.length() <= CHARS_MAX) {
            if (text.indexOf(':') < 0) {
                return v4(v4Bits(text, text));
            }
            return v6(text);
        }
        throw not(text);
    }

    boolean v4() {
        return high == 0 && low >>> 32 == 0xffffL;
    }

    @Override
    public String toString() {
        if (v4()) {
            return "%d.%d.%d.%d"
                    .formatted(low >> 24 & 255, low >> 16 & 255, low >> 8 & 255, low & 255);
        }
        var out = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            long half = group < 4 ? high : low;
            out.append(group == 0 ? "" : ":")
                    .append(Long.toHexString(half >>> (48 - 16 * (group % 4)) & 0xffff));
        }
        return out.toString();
    }

    private static IpAddress v4(long bits) {
        return new IpAddress(0, 0xffffL << 32 | bits);
    }

    private static long v4Bits(String part, String whole) {
        String[] bytes = part.split("\\.", -1);
        if (bytes.length != 4) {
            throw not(whole);
        }
        long bits = 0;
        for (String digits : bytes) {
            bits = bits << 8 | number(digits, 10, 3, whole);
            // A leading zero means octal to some readers (RFC 6943, section 3.1.1).
            if (digits.length() > 1 && digits.charAt(0) == '0') {
                throw not(whole);
            }
        }
        return bits;
    }

    private static IpAddress v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            long[] groups = groups(text, true, text);
            if (groups.length != GROUPS) {
                throw not(text);
            }
            return of(groups);
        }
        long[] left = groups(text.substring(0, gap), false, text);
        long[] right = groups(text.substring(gap + 2), true, text);
        if (left.length + right.length >= GROUPS) {
            throw not(text);
        }
        long[] all = new long[GROUPS];
        System.arraycopy(left, 0, all, 0, left.length);
        System.arraycopy(right, 0, all, GROUPS - right.length, right.length);
        return of(all);
    }

    private static IpAddress of(long[] groups) {
        return new IpAddress(
                groups[0] << 48 | groups[1] << 32 | groups[2] << 16 | groups[3],
                groups[4] << 48 | groups[5] << 32 | groups[6] << 16 | groups[7]);
    }

    private static long[] groups(String part, boolean end, String whole) {
        if (part.isEmpty()) {
            return new long[0];
        }
        String[] words = part.split(":", -1);
        String last = words[words.length - 1];
        boolean dotted = last.indexOf('.') >= 0;
        long[] out = new long[words.length + (dotted ? 1 : 0)];
        for (int i = 0; i < words.length - (dotted ? 1 : 0); i++) {
            out[i] = number(words[i], 16, 4, whole);
        }
        // Dotted decimal may only end the whole address.
        if (dotted && !end) {
            throw not(whole);
        }
        if (dotted) {
            long bits = v4Bits(last, whole);
            out[out.length - 2] = bits >>> 16;
            out[out.length - 1] = bits & 0xffff;
        }
        return out;
    }

    private static long number(String digits, int radix, int digitsMax, String whole) {
        if (digits.isEmpty() || digits.length() > digitsMax) {
            throw not(whole);
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), radix) : -1;
            if (digit < 0) {
                throw not(whole);
            }
            value = value * radix + digit;
        }
        if (radix == 10 && value > 255) {
            throw not(whole);
        }
        return value;
    }

    private static IllegalArgumentException not(String text) {
        String shown = text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX) + "…";
        return new IllegalArgumentException("`%s` is not an IP address".formatted(shown));
    }
}
