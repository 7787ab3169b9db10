package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Rows as a Linux host has them.
class SocketTableTest {
    private static final String V4 =
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:2329 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
               1: 0100007F:9C40 0100007F:2329 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000000000000000 20 4 30 10 -1
               2: 0100007F:2329 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 4713 1 0000000000000000 20 4 30 10 -1
               3: 0100007F:9C41 0100007F:2329 06 00000000:00000000 03:00000F00 00000000     0        0 0 3 0000000000000000
               4: 0200000A:9C42 0100007F:2329 01 00000000:00000000 00:00000000 00000000  1000        0 4714 1 0000000000000000 20 4 30 10 -1
            """;
    private static final String V6 =
            """
               0: 0000000000000000FFFF00000100007F:9C43 0000000000000000FFFF00000100007F:2329 01 00000000:00000000 00:00000000 00000000     0        0 4715 1 0000000000000000 20 4 30 10 -1
            """;

    private static long inode(String table, int from) {
        return SocketTable.inode(table.lines(), from, 0x2329);
    }

    @Test
    void the_callers_end_of_a_connection_is_found() {
        assertEquals(4712, inode(V4, 0x9C40));
        assertEquals(4715, inode(V6, 0x9C43));
    }

    @Test
    void what_is_closing_comes_from_elsewhere_or_is_not_there_is_not() {
        for (int port : new int[] {0x9C41, 0x9C42, 0x9C44, 0x2329, 0}) {
            assertEquals(0, inode(V4, port));
        }
    }

    @Test
    void rows_that_are_none_are_passed_over() {
        assertEquals(0, inode("\n \n1: 0100007F:9C40\nnonsense\n", 0x9C40));
        assertEquals(0, inode(V4.replace(" 4712 ", " inode "), 0x9C40));
    }
}
