package dev.daypass.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;

/// Connects to permitted addresses only. What is judged is the address that the name led to and
/// that is connected to, in the same moment: there is nothing in between that could change.
@Sharable
public final class ConnectLimit extends ChannelOutboundHandlerAdapter {
    private final Predicate<InetAddress> permitted;

    /// @param permitted where connections may lead
    public ConnectLimit(Predicate<InetAddress> permitted) {
        this.permitted = permitted;
    }

    /// No connection was tried.
    public static final class Forbidden extends ConnectException {
        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("connections do not lead there");
        }
    }

    @Override
    public void connect(
            ChannelHandlerContext context,
            SocketAddress there,
            SocketAddress here,
            ChannelPromise promise) {
        InetAddress address = there instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address != null && permitted.test(address)) {
            var _ = context.connect(there, here, promise);
        } else {
            promise.setFailure(new Forbidden());
        }
    }
}
