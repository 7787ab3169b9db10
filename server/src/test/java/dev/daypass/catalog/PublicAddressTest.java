package dev.daypass.catalog;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublicAddressTest {
    @Test
    void the_open_internet_is_public() throws UnknownHostException {
        for (String address :
                List.of(
                        "1.1.1.1",
                        "8.8.8.8",
                        "100.63.255.255",
                        "100.128.0.0",
                        "172.15.0.1",
                        "172.32.0.1",
                        "192.0.1.1",
                        "198.17.0.1",
                        "198.20.0.1",
                        "223.255.255.255",
                        "2606:4700:4700::1111",
                        "2001:4860:4860::8888",
                        "2002:0101:0101::1",
                        "64:ff9b::101:101",
                        "::ffff:1.1.1.1")) {
            assertTrue(PublicAddress.is(InetAddress.getByName(address)), address);
        }
    }

    @Test
    void addresses_that_mean_something_only_here_are_not() throws UnknownHostException {
        for (String address :
                List.of(
                        "0.0.0.0",
                        "0.1.2.3",
                        "10.0.0.1",
                        "100.64.0.1",
                        "100.127.255.255",
                        "127.0.0.1",
                        "127.9.9.9",
                        "169.254.169.254",
                        "172.16.0.1",
                        "172.31.255.255",
                        "192.0.0.192",
                        "192.168.1.1",
                        "198.18.0.1",
                        "198.19.255.255",
                        "224.0.0.1",
                        "240.0.0.1",
                        "255.255.255.255",
                        "::",
                        "::1",
                        "::127.0.0.1",
                        "::ffff:127.0.0.1",
                        "::ffff:169.254.169.254",
                        "64:ff9b::7f00:1",
                        "64:ff9b::a9fe:a9fe",
                        "64:ff9b:1::1",
                        "100::1",
                        "2001:db8::1",
                        "2001::1",
                        "2002:7f00:0001::1",
                        "2002:0a00:0001::1",
                        "fc00::1",
                        "fd00:ec2::254",
                        "fe80::1",
                        "fec0::1",
                        "ff02::1")) {
            assertFalse(PublicAddress.is(InetAddress.getByName(address)), address);
        }
    }

    @Test
    void numbers_that_programs_read_differently_are_told_from_names_and_addresses() {
        for (String host :
                new String[] {
                    "2130706433", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "127.1",
                    "127.0.0.01", "127.0.0.1.", "1.2.3.256", "1.2.3.4.5", "host.0x7f", "08"
                }) {
            assertTrue(PublicAddress.ambiguous(host), host);
        }
        for (String host :
                new String[] {
                    "127.0.0.1",
                    "8.8.8.8",
                    "255.255.255.255",
                    "example.com",
                    "1.example",
                    "0x7f.example",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "127.0.0.1.example.com",
                    "a1"
                }) {
            assertFalse(PublicAddress.ambiguous(host), host);
        }
    }
}
