package dev.daypass.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How many connections come from one place: an IPv4 address, or a /64 of IPv6, which is what one
/// host is commonly given (RFC 7421, section 1). This machine is no place: a proxy on it speaks for
/// many. Thread-safe.
final class AddressLimit {
    private static final int PREFIX_BYTES = 8;

    private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();
    private final int max;

    AddressLimit(int max) {
        this.max = max;
    }

    /// @return whether there was room; if so it is to be given back once
    boolean take(@Nullable InetAddress from) {
        if (from == null || from.isLoopbackAddress()) {
            return true;
        }
        var had = new boolean[1];
        open.compute(
                place(from),
                (_, before) -> {
                    int count = before == null ? 0 : before;
                    had[0] = count < max;
                    return had[0] ? count + 1 : count;
                });
        return had[0];
    }

    void giveBack(@Nullable InetAddress from) {
        if (from != null && !from.isLoopbackAddress()) {
            open.computeIfPresent(place(from), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Whether nobody is connected, or only this machine.
    boolean isEmpty() {
        return open.isEmpty();
    }

    private static String place(InetAddress from) {
        byte[] bytes = from.getAddress();
        return HexFormat.of()
                .formatHex(
                        from instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
    }
}
