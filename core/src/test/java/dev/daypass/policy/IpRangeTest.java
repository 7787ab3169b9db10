package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    private static boolean within(String range, String address) {
        return IpRange.parse(range).contains(IpAddress.parse(address));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0",
        "10.0.0.0/8, 10.255.255.255",
        "0.0.0.0/0, 255.255.255.255",
        "192.0.2.128/25, 192.0.2.129",
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, ::ffff:192.0.2.7",
        "::ffff:10.0.0.0/104, 10.1.2.3",
        "::ffff:0:0/96, 203.0.113.9",
        "10.0.0.0/8, ::FFFF:0a01:0203",
        "2001:db8::/32, 2001:db8::1",
        "2001:db8::/32, 2001:0DB8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1",
        "::/0, ::",
        "::1, 0:0:0:0:0:0:0:1",
        "64:ff9b::/96, 64:ff9b::192.0.2.33",
    })
    void a_range_contains_its_addresses(String range, String address) {
        assertTrue(within(range, address));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "10.0.0.0/8, 9.255.255.255",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.7, 192.0.2.6",
        "10.0.0.0/8, ::10.1.2.3",
        "::/0, 10.1.2.3",
        "::/0, ::ffff:10.1.2.3",
        "0.0.0.0/0, ::1",
        "2001:db8::/32, 2001:db9::",
        "2001:db8:0:0:8000::/65, 2001:db8::7fff:0:0:1",
    })
    void a_range_contains_no_others(String range, String address) {
        assertFalse(within(range, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "10.0.0",
                "10.0.0.0.0",
                "10.0.0.256",
                "10.0.0.-1",
                "010.0.0.1",
                "10.0.0.1 ",
                " 10.0.0.1",
                "0x0a.0.0.1",
                "167772161",
                "10.0.0.",
                ".1.2.3",
                "١.0.0.1",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "1.2.3.4::",
                "1.2.3.4::1.2.3.4",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"
            })
    void what_is_no_address_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "::/129",
                "10.0.0.1/8",
                "2001:db8::1/32",
                "10.0.0.0/+8",
                "::ffff:10.0.0.0/90",
                "10.0.0.0/255.0.0.0",
                "/8",
                "any"
            })
    void what_is_no_range_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> IpRange.parse(text));
    }

    @Test
    void both_ways_to_write_an_address_are_one() {
        assertEquals(IpAddress.parse("192.0.2.7"), IpAddress.parse("::ffff:c000:207"));
        assertEquals("192.0.2.7", IpAddress.parse("::ffff:192.0.2.7").toString());
        assertEquals("2001:db8:0:0:0:0:0:1", IpAddress.parse("2001:db8::1").toString());
    }
}
