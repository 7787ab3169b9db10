package dev.daypass.authority;

import java.net.Inet6Address;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The host names and addresses of a listener, as subject alternative names (RFC 5280, section
/// 4.2.1.6). Nothing is looked up.
final class ServerNames {
    private static final int NAMES_MAX = 64;
    private static final int HOST_CHARS_MAX = 253;
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?!.*\\.\\d+$)(?!\\d+$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private ServerNames() {}

    /// @throws IllegalArgumentException if there are none or too many, or one is neither a
    ///   lower-case host name nor an address
    static GeneralNames of(List<String> names) {
        if (names.isEmpty() || names.size() > NAMES_MAX) {
            throw new IllegalArgumentException(
                    "%d names for a listener; permitted: 1 to %d"
                            .formatted(names.size(), NAMES_MAX));
        }
        return new GeneralNames(names.stream().map(ServerNames::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String name) {
        if (IPV4.matcher(name).matches() || isIpv6(name)) {
            return new GeneralName(GeneralName.iPAddress, name);
        }
        if (name.length() <= HOST_CHARS_MAX && HOST.matcher(name).matches()) {
            return new GeneralName(GeneralName.dNSName, name);
        }
        throw new IllegalArgumentException(
                "`%s` is not a listener's name; permitted: a lower-case host name, an IPv4 or an IPv6 address"
                        .formatted(name));
    }

    private static boolean isIpv6(String name) {
        if (name.indexOf(':') < 0 || name.indexOf('%') >= 0 || name.indexOf('[') >= 0) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
