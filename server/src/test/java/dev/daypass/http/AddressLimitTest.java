package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Fails where a connection that was closed is not given back, or where each address of one /64
/// counts for itself.
class AddressLimitTest {
    private static final int PORT = 8443;

    private final AddressLimit limit = new AddressLimit(2);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void one_more_from_an_address_is_refused_and_another_address_is_not() {
        assertTrue(limit.take(address("192.0.2.1")));
        assertTrue(limit.take(address("192.0.2.1")));
        assertFalse(limit.take(address("192.0.2.1")));
        assertTrue(limit.take(address("192.0.2.2")));
    }

    @Test
    void what_was_given_back_is_taken_again_and_nothing_is_left_behind() {
        for (int i = 0; i < 5; i++) {
            assertTrue(limit.take(address("192.0.2.1")));
            limit.giveBack(address("192.0.2.1"));
        }
        assertTrue(limit.isEmpty());
    }

    @Test
    void the_addresses_of_one_host_of_ipv6_count_together() {
        assertTrue(limit.take(address("2001:db8:1:2::1")));
        assertTrue(limit.take(address("2001:db8:1:2:ffff::9")));
        assertFalse(limit.take(address("2001:db8:1:2::77")));
        assertTrue(limit.take(address("2001:db8:1:3::1")));
    }

    @Test
    void an_ipv4_address_is_the_same_when_it_is_written_as_ipv6() {
        assertTrue(limit.take(address("192.0.2.1")));
        assertTrue(limit.take(address("::ffff:192.0.2.1")));
        assertFalse(limit.take(address("192.0.2.1")));
    }

    @Test
    void this_machine_is_not_counted() {
        for (int i = 0; i < 5; i++) {
            assertTrue(limit.take(address("127.0.0.1")));
            assertTrue(limit.take(address("::1")));
        }
        assertTrue(limit.isEmpty());
    }

    @Test
    void the_third_connection_of_an_address_is_closed_and_when_one_ends_the_next_is_taken() {
        var listener = new From(new InetSocketAddress(address("192.0.2.9"), PORT), null);
        listener.pipeline().addLast(new AcceptLimit(PORT, 100, 2));
        Channel first = accepted(listener, "192.0.2.1");
        assertTrue(first.isOpen());
        assertTrue(accepted(listener, "192.0.2.1").isOpen());
        assertFalse(accepted(listener, "192.0.2.1").isOpen());
        assertTrue(accepted(listener, "192.0.2.2").isOpen());
        first.close().syncUninterruptibly();
        assertTrue(accepted(listener, "192.0.2.1").isOpen());
        assertEquals(4, listener.inboundMessages().size());
    }

    private static Channel accepted(EmbeddedChannel listener, String from) {
        var connection = new From(null, new InetSocketAddress(address(from), 40_000));
        listener.writeInbound(connection);
        return connection;
    }

    /// A channel with addresses of its own.
    private static final class From extends EmbeddedChannel {
        private final @Nullable SocketAddress here;
        private final @Nullable SocketAddress there;

        From(@Nullable SocketAddress here, @Nullable SocketAddress there) {
            this.here = here;
            this.there = there;
        }

        @Override
        public SocketAddress localAddress() {
            return here == null ? super.localAddress() : here;
        }

        @Override
        public SocketAddress remoteAddress() {
            return there == null ? super.remoteAddress() : there;
        }
    }
}
