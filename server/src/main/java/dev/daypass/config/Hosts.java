package dev.daypass.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/// Hosts as written in the configuration. Nothing here asks a name server.
final class Hosts {
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)*"
                            + "[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final int NAME_CHARS_MAX = 253;

    private Hosts() {}

    /// An IPv4 address in four decimal parts, an IPv6 address without brackets, or a host name. A
    /// name's last label starts with a letter, so that a mistyped address is no name.
    static boolean isHost(String text) {
        return text.length() <= NAME_CHARS_MAX && (isAddress(text) || NAME.matcher(text).matches());
    }

    /// Whether only this machine can reach the host: `localhost` (RFC 6761, section 6.3),
    /// 127.0.0.0/8 and ::1.
    static boolean isLoopback(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || (isAddress(host) && InetAddress.ofLiteral(host).isLoopbackAddress());
    }

    private static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text);
    }

    private static boolean isIpv6(String text) {
        if (text.indexOf(':') < 0 || !IPV6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress().length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
