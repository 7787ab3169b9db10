package dev.daypass.catalog;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Tells the addresses of the open internet from those that only mean something here: this host,
/// this link, this site, a cloud's metadata service (IANA special-purpose address registries, RFC
/// 6890).
public final class PublicAddress {
    private static final Pattern ENDS_IN_A_NUMBER =
            Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private PublicAddress() {}

    /// Whether a host is a number that programs read differently: as decimal, octal or hexadecimal,
    /// in fewer than four parts. A name never ends in one (URL Standard, section 3.5).
    public static boolean ambiguous(String host) {
        return ENDS_IN_A_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches();
    }

    /// Whether an address means the same everywhere on the internet.
    public static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? ipv4(bytes) : ipv6(bytes);
    }

    private static boolean ipv4(byte[] a) {
        int first = a[0] & 0xff;
        int second = a[1] & 0xff;
        boolean thisNetwork = first == 0;
        boolean carrierNat = first == 100 && (second & 0xc0) == 64;
        boolean protocolAssignments = first == 192 && second == 0 && a[2] == 0;
        boolean benchmarking = first == 198 && (second & 0xfe) == 18;
        boolean reserved = first >= 240;
        return !thisNetwork && !carrierNat && !protocolAssignments && !benchmarking && !reserved;
    }

    private static boolean ipv6(byte[] a) {
        boolean global = (a[0] & 0xe0) == 0x20;
        boolean sixToFour = a[0] == 0x20 && a[1] == 0x02;
        if (sixToFour) {
            return embedded(a, 2);
        }
        return global ? !documentationOrTeredo(a) : translated(a);
    }

    private static boolean documentationOrTeredo(byte[] a) {
        boolean special = a[0] == 0x20 && a[1] == 0x01;
        boolean protocolAssignments = special && (a[2] & 0xfe) == 0;
        boolean documentation = special && a[2] == 0x0d && (a[3] & 0xff) == 0xb8;
        return protocolAssignments || documentation;
    }

    // 64:ff9b::/96 (RFC 6052) leads to the IPv4 address in its last four bytes.
    private static boolean translated(byte[] a) {
        byte[] prefix = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
        return Arrays.equals(a, 0, 12, prefix, 0, 12) && embedded(a, 12);
    }

    private static boolean embedded(byte[] a, int from) {
        try {
            return is(InetAddress.getByAddress(Arrays.copyOfRange(a, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
