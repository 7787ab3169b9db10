package dev.daypass.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Makes a new connection for each request. A request's latency begins with the connecting.
final class Visits implements Load.Sender {
    private static final String HOST = "localhost";
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final Bootstrap bootstrap;
    private final int port;
    private final @Nullable SslContext tls;
    private final int index;
    private final Load.Run run;
    private volatile boolean closing;

    Visits(Bootstrap bootstrap, int port, @Nullable SslContext tls, int index, Load.Run run) {
        this.bootstrap = bootstrap;
        this.port = port;
        this.tls = tls;
        this.index = index;
        this.run = run;
    }

    @Override
    public void go() {
        bootstrap.config().group().next().execute(this::visit);
    }

    @Override
    public void close() {
        closing = true;
    }

    private void visit() {
        FullHttpRequest request = closing ? null : run.traffic().next(index);
        if (request == null) {
            return;
        }
        var visit = new Visit(request, System.nanoTime());
        bootstrap
                .clone()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_LINGER, 0) // or the ports run out: each waits for a minute
                .handler(pipeline(visit))
                .connect(InetAddress.getLoopbackAddress(), port)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        run.unexpected("no connection: " + connected.cause());
                    }
                });
    }

    private ChannelInitializer<Channel> pipeline(Visit visit) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
                if (tls != null) {
                    opened.pipeline().addLast(tls.newHandler(opened.alloc(), HOST, port));
                }
                opened.pipeline()
                        .addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(BODY_BYTES_MAX),
                                visit);
            }
        };
    }

    private final class Visit extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final FullHttpRequest request;
        private final long begunNanos;
        private boolean answered;

        private Visit(FullHttpRequest request, long begunNanos) {
            this.request = request;
            this.begunNanos = begunNanos;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (tls == null) {
                var _ = context.writeAndFlush(request);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    var _ = context.writeAndFlush(request);
                } else {
                    run.unexpected("no handshake: " + handshake.cause());
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answered = true;
            run.answered(index, response, begunNanos);
            var _ = context.close();
            visit();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!answered) {
                run.unexpected("the connection was closed");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
