package dev.daypass.examples.live;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One connection of HTTP/2 on which header fields are sent as they are, for requests that no
/// well-behaved client sends.
final class Http2Wire implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final EventLoopGroup loop;
    private final Channel channel;
    private final CompletableFuture<Outcome> outcome;
    private final Http2StreamChannel stream;

    private Http2Wire(
            EventLoopGroup loop,
            Channel channel,
            Http2StreamChannel stream,
            CompletableFuture<Outcome> outcome) {
        this.loop = loop;
        this.channel = channel;
        this.stream = stream;
        this.outcome = outcome;
    }

    /// A header field, or a pseudo-field.
    record Field(String name, String value) {}

    /// What became of a request.
    ///
    /// @param status of the answer; 0 for none
    /// @param reset whether the stream was reset
    /// @param error code of the reset
    record Outcome(int status, String body, boolean reset, long error) {}

    static Http2Wire to(int port, Agent agent) {
        var outcome = new CompletableFuture<Outcome>();
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            SslContext tls = tls(agent);
            Channel channel =
                    new Bootstrap()
                            .group(loop)
                            .channel(NioSocketChannel.class)
                            .handler(
                                    new ChannelInitializer<Channel>() {
                                        @Override
                                        protected void initChannel(Channel opened) {
                                            opened.pipeline()
                                                    .addLast(
                                                            tls.newHandler(opened.alloc()),
                                                            Http2FrameCodecBuilder.forClient()
                                                                    .validateHeaders(false)
                                                                    .gracefulShutdownTimeoutMillis(
                                                                            0)
                                                                    .build(),
                                                            new Http2MultiplexHandler(
                                                                    new ChannelInboundHandlerAdapter()));
                                        }
                                    })
                            .connect(InetAddress.getLoopbackAddress(), port)
                            .sync()
                            .channel();
            channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
            Http2StreamChannel stream =
                    new Http2StreamChannelBootstrap(channel)
                            .handler(new Reading(outcome))
                            .open()
                            .sync()
                            .getNow();
            return new Http2Wire(loop, channel, stream, outcome);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static SslContext tls(Agent agent) {
        try {
            return SslContextBuilder.forClient()
                    .keyManager(agent.key().key(), agent.chain())
                    .trustManager(agent.authority())
                    .endpointIdentificationAlgorithm(null)
                    .protocols("TLSv1.3")
                    .applicationProtocolConfig(
                            new ApplicationProtocolConfig(
                                    ApplicationProtocolConfig.Protocol.ALPN,
                                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                    ApplicationProtocolConfig.SelectedListenerFailureBehavior
                                            .ACCEPT,
                                    "h2"))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request and waits for what becomes of it.
    Outcome ask(List<Field> fields, String body, List<Field> trailers) {
        stream.eventLoop().execute(() -> send(fields, body, trailers));
        try {
            return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("nothing became of the request", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void send(List<Field> fields, String body, List<Field> trailers) {
        boolean alone = body.isEmpty() && trailers.isEmpty();
        var _ = stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers(fields), alone));
        if (!body.isEmpty()) {
            var bytes = Unpooled.copiedBuffer(body, StandardCharsets.ISO_8859_1);
            var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(bytes, trailers.isEmpty()));
        }
        if (!trailers.isEmpty()) {
            var _ = stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers(trailers), true));
        }
    }

    private static Http2Headers headers(List<Field> fields) {
        var out = new InOrder();
        fields.forEach(field -> out.add(field.name(), field.value()));
        return out;
    }

    /// Fields that are sent in the order in which they were added: also pseudo-fields behind
    /// others.
    private static final class InOrder extends DefaultHttp2Headers {
        private final List<Map.Entry<CharSequence, CharSequence>> added = new ArrayList<>();

        private InOrder() {
            super(false);
        }

        @Override
        public Http2Headers add(CharSequence name, CharSequence value) {
            added.add(Map.entry(name, value));
            return super.add(name, value);
        }

        @Override
        public Iterator<Map.Entry<CharSequence, CharSequence>> iterator() {
            return added.iterator();
        }
    }

    /// Gathers the answer on the one stream.
    private static final class Reading extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Outcome> outcome;
        private final StringBuilder body = new StringBuilder();
        private int status;

        private Reading(CompletableFuture<Outcome> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch (message) {
                case Http2HeadersFrame headers -> {
                    if (headers.headers().status() != null) {
                        status = Integer.parseInt(headers.headers().status().toString());
                    }
                    if (headers.isEndStream()) {
                        answered();
                    }
                }
                case Http2DataFrame data -> {
                    body.append(data.content().toString(StandardCharsets.UTF_8));
                    if (data.isEndStream()) {
                        answered();
                    }
                }
                default -> {}
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                outcome.complete(new Outcome(status, body.toString(), true, reset.errorCode()));
            }
        }

        private void answered() {
            outcome.complete(new Outcome(status, body.toString(), false, 0));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answered();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    @Override
    public void close() {
        var _ = channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
