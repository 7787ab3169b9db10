package dev.daypass.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// Holds at most so many connections of one port open at once, and of each address at most so many
/// of them. One more is closed as soon as it was accepted, before a byte of it is read: a flood
/// pays no TLS handshake of ours.
@Sharable
public final class AcceptLimit extends ChannelInboundHandlerAdapter {
    private final int port;
    private final int connectionsMax;
    private final AddressLimit addresses;
    private final AtomicInteger open = new AtomicInteger();

    /// @param port where its listener is bound; other ports are not counted
    /// @param connectionsMax connections at once
    /// @param addressMax of them, those from one address
    public AcceptLimit(int port, int connectionsMax, int addressMax) {
        this.port = port;
        this.connectionsMax = connectionsMax;
        this.addresses = new AddressLimit(addressMax);
    }

    /// The best transport there is, with this limit on what it accepts, and one on where it leads.
    public io.vertx.core.transport.Transport transport(ConnectLimit destinations) {
        return new LimitedTransport(this, destinations);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        if (accepted instanceof Channel connection && here(context) && !admit(connection)) {
            connection.unsafe().closeForcibly();
            return;
        }
        context.fireChannelRead(accepted);
    }

    private boolean here(ChannelHandlerContext context) {
        return context.channel().localAddress() instanceof InetSocketAddress address
                && address.getPort() == port;
    }

    private boolean admit(Channel connection) {
        InetAddress from =
                connection.remoteAddress() instanceof InetSocketAddress there
                        ? there.getAddress()
                        : null;
        if (open.incrementAndGet() > connectionsMax || !addresses.take(from)) {
            open.decrementAndGet();
            return false;
        }
        connection
                .closeFuture()
                .addListener(_ -> {
                    open.decrementAndGet();
                    addresses.giveBack(from);
                });
        return true;
    }
}
