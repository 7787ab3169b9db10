package dev.daypass.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A part of the ended accounts: an open-addressed table of 128-bit ids and deadlines in seconds.
/// One at a time changes it; a look finds whatever was added before it, without a lock.
final class Shard {
    private static final VarHandle SECONDS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int CAPACITY_MIN = 16;
    private static final int BYTES_AN_ENTRY = 2 * Long.BYTES + Integer.BYTES;

    private volatile Table table = new Table(CAPACITY_MIN);

    /// Three arrays, an entry at one place of each. An entry is there once its seconds are.
    private static final class Table {
        private final long[] high;
        private final long[] low;
        private final int[] seconds;
        private int size; // only of interest to who changes it

        Table(int capacity) {
            this.high = new long[capacity];
            this.low = new long[capacity];
            this.seconds = new int[capacity];
        }

        /// Where the id is, or the free place where it would be.
        int place(long idHigh, long idLow) {
            int at = (int) Long.remainderUnsigned(idLow >>> 6 ^ idHigh << 40, seconds.length);
            while (secondsAt(at) != 0 && (high[at] != idHigh || low[at] != idLow)) {
                at = at + 1 == seconds.length ? 0 : at + 1;
            }
            return at;
        }

        int secondsAt(int at) {
            return (int) SECONDS.getAcquire(seconds, at);
        }

        void put(int at, long idHigh, long idLow, int until) {
            if (seconds[at] == 0) {
                high[at] = idHigh;
                low[at] = idLow;
                size++;
            }
            SECONDS.setRelease(seconds, at, Math.max(seconds[at], until));
        }

        boolean full() {
            return size + 1 > (long) seconds.length * 4 / 5;
        }
    }

    boolean contains(long idHigh, long idLow) {
        Table now = table;
        return now.secondsAt(now.place(idHigh, idLow)) != 0;
    }

    synchronized void add(long idHigh, long idLow, int until) {
        Table now = table;
        if (now.full()) {
            now = copy(now, now.seconds.length + now.seconds.length / 2, 0);
        }
        now.put(now.place(idHigh, idLow), idHigh, idLow, until);
        table = now;
    }

    synchronized void forgetBefore(int past) {
        Table now = table;
        int left = 0;
        for (int until : now.seconds) {
            left += until >= past ? 1 : 0;
        }
        if (left < now.size) {
            table = copy(now, Math.max(CAPACITY_MIN, left + left / 2), past);
        }
    }

    private static Table copy(Table from, int capacity, int past) {
        var to = new Table(capacity);
        for (int i = 0; i < from.seconds.length; i++) {
            if (from.seconds[i] != 0 && from.seconds[i] >= past) {
                to.put(
                        to.place(from.high[i], from.low[i]),
                        from.high[i],
                        from.low[i],
                        from.seconds[i]);
            }
        }
        return to;
    }

    synchronized int size() {
        return table.size;
    }

    long bytes() {
        return (long) table.seconds.length * BYTES_AN_ENTRY;
    }
}
