package dev.daypass.run;

import java.util.Locale;
import java.util.stream.Stream;

/// The connections of this host, as Linux lists them in `/proc/net/tcp` and `tcp6` (proc(5)).
final class SocketTable {
    private static final String LOOPBACK = "0100007F";
    private static final String MAPPED_LOOPBACK = "0000000000000000FFFF00000100007F";
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String ESTABLISHED = "01";

    private SocketTable() {}

    /// The inode of the socket that is connected from one port of loopback to another; 0 for none.
    static long inode(Stream<String> lines, int from, int to) {
        return lines.map(line -> line.strip().split("\\s+"))
                .filter(row ->
                        row.length > INODE
                                && row[STATE].equals(ESTABLISHED)
                                && loopback(row[LOCAL], from)
                                && loopback(row[REMOTE], to)
                                && row[INODE].matches("[0-9]{1,18}"))
                .mapToLong(row -> Long.parseLong(row[INODE]))
                .filter(inode -> inode != 0)
                .findFirst()
                .orElse(0);
    }

    private static boolean loopback(String address, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return address.equals(LOOPBACK + suffix) || address.equals(MAPPED_LOOPBACK + suffix);
    }
}
