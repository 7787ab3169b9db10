package dev.daypass.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// Holds at most so many connections of one port open at once. One more is closed as soon as it was
/// accepted, before a byte of it is read: a flood pays no TLS handshake of ours.
@Sharable
public final class AcceptLimit extends ChannelInboundHandlerAdapter {
    private final int port;
    private final int connectionsMax;
    private final AtomicInteger open = new AtomicInteger();

    /// @param port where its listener is bound; other ports are not counted
    /// @param connectionsMax connections at once
    public AcceptLimit(int port, int connectionsMax) {
        this.port = port;
        this.connectionsMax = connectionsMax;
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
        if (open.incrementAndGet() > connectionsMax) {
            open.decrementAndGet();
            return false;
        }
        connection.closeFuture().addListener(_ -> open.decrementAndGet());
        return true;
    }
}
