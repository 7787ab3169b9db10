package dev.daypass.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The native transport, or the jdk's own, with limits on what its server sockets accept and where
/// its other sockets lead.
final class LimitedTransport implements io.vertx.core.transport.Transport {
    private final io.vertx.core.transport.Transport chosen;
    private final AcceptLimit limit;
    private final ConnectLimit destinations;

    LimitedTransport(AcceptLimit limit, ConnectLimit destinations) {
        io.vertx.core.transport.Transport best =
                io.vertx.core.transport.Transport.nativeTransport();
        this.chosen =
                best != null && best.available() ? best : io.vertx.core.transport.Transport.NIO;
        this.limit = limit;
        this.destinations = destinations;
    }

    @Override
    public String name() {
        return chosen.name();
    }

    @Override
    public boolean available() {
        return chosen.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return chosen.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
        return new Limited(chosen.implementation(), limit, destinations);
    }

    private record Limited(Transport to, AcceptLimit limit, ConnectLimit destinations)
            implements Transport {
        @Override
        public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
            to.configure(config, domainSocket, bootstrap);
            bootstrap.handler(limit);
        }

        @Override
        public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
            to.configure(config, domainSocket, bootstrap);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            to.configure(channel, options);
        }

        @Override
        public boolean supportsDomainSockets() {
            return to.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return to.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return to.isAvailable();
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return to.unavailabilityCause();
        }

        @Override
        public java.net.SocketAddress convert(SocketAddress address) {
            return to.convert(address);
        }

        @Override
        public SocketAddress convert(java.net.SocketAddress address) {
            return to.convert(address);
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return to.ioHandlerFactory();
        }

        @Override
        public EventLoopGroup eventLoopGroup(
                int type, int threads, ThreadFactory factory, int ioRatio) {
            return to.eventLoopGroup(type, threads, factory, ioRatio);
        }

        @Override
        @SuppressWarnings("deprecation") // the interface asks for it
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return to.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
            return to.datagramChannelFactory();
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            ChannelFactory<? extends Channel> plain = to.channelFactory(domainSocket);
            return () -> {
                Channel made = plain.newChannel();
                made.pipeline().addFirst("destinations", destinations);
                return made;
            };
        }

        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            return to.serverChannelFactory(domainSocket);
        }
    }
}
