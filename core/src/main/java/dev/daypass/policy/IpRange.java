package dev.daypass.policy;

/// A range of addresses in CIDR form, or one address. Ranges of IPv6 hold no IPv4 address, however
/// short their prefix.
///
/// @param base its first address
/// @param prefix how many leading bits of 128 are fixed
record IpRange(IpAddress base, int prefix) {
    private static final int MAPPED = IpAddress.MAPPED_PREFIX;

    /// @throws IllegalArgumentException if it is not a range, or has bits set after its prefix
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        var base = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new IpRange(base, IpAddress.BITS);
        }
        boolean dotted = base.v4() && text.indexOf(':') < 0;
        int most = dotted ? IpAddress.BITS - MAPPED : IpAddress.BITS;
        int length = length(text.substring(slash + 1), most, text);
        var range = new IpRange(base, dotted ? length + MAPPED : length);
        if (!range.first().equals(base)) {
            throw new IllegalArgumentException(
                    "range `%s` has bits set after its prefix; did you mean `%s/%d`"
                            .formatted(text, range.first(), length));
        }
        return range;
    }

    boolean contains(IpAddress address) {
        return address.v4() == base.v4()
                && (address.high() & highMask()) == base.high()
                && (address.low() & lowMask()) == base.low();
    }

    private IpAddress first() {
        return new IpAddress(base.high() & highMask(), base.low() & lowMask());
    }

    private long highMask() {
        return ones(Math.min(prefix, 64));
    }

    private long lowMask() {
        return ones(Math.max(prefix - 64, 0));
    }

    private static long ones(int leading) {
        return leading == 0 ? 0 : -1L << (64 - leading);
    }

    private static int length(String digits, int most, String text) {
        if (digits.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(digits) <= most) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException(
                "range `%s` has no prefix length from 0 to %d".formatted(text, most));
    }
}
