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
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One connection that is kept alive.
final class Connection extends SimpleChannelInboundHandler<FullHttpResponse>
        implements Load.Sender {
    private static final String HOST = "localhost";
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final long END_SECONDS_MAX = 120;

    private final int index;
    private final Load.Run run;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private @Nullable Channel channel;
    private long sentNanos;
    private long sent;
    private boolean closing;

    private Connection(int index, Load.Run run) {
        this.index = index;
        this.run = run;
    }

    /// Connects, and shakes hands where there is TLS.
    static Connection open(
            Bootstrap bootstrap, int port, @Nullable SslContext tls, int index, Load.Run run) {
        var connection = new Connection(index, run);
        Channel channel =
                bootstrap
                        .clone()
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(connection.pipeline(port, tls))
                        .connect(HOST, port)
                        .syncUninterruptibly()
                        .channel();
        SslHandler handshake = channel.pipeline().get(SslHandler.class);
        if (handshake != null) {
            handshake.handshakeFuture().syncUninterruptibly();
        }
        connection.channel = channel;
        return connection;
    }

    private ChannelInitializer<Channel> pipeline(int port, @Nullable SslContext tls) {
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
                                Connection.this);
            }
        };
    }

    @Override
    public void go() {
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(() -> next(open));
        }
    }

    private void next(Channel open) {
        long wait = run.pace().due(index, sent) - System.nanoTime();
        if (wait > 0) {
            var _ = open.eventLoop().schedule(() -> send(open), wait, TimeUnit.NANOSECONDS);
        } else {
            send(open);
        }
    }

    private void send(Channel open) {
        FullHttpRequest request = closing ? null : run.traffic().next(index);
        if (request == null) {
            if (closing || !run.pace().stays()) {
                closing = true;
                var _ = open.close();
            }
            ended.complete(true);
            return;
        }
        sentNanos = run.pace().due(index, sent++);
        var _ = open.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        run.answered(index, response, sentNanos);
        next(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!closing) {
            run.unexpected("the connection was closed");
        }
        ended.complete(true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    @Override
    public void close() {
        Channel open = channel;
        if (open != null) {
            open.eventLoop()
                    .execute(() -> {
                        closing = true;
                        if (run.pace().stays()) {
                            var _ = open.close();
                        }
                    });
        }
    }

    void awaitEnd() {
        try {
            ended.get(END_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a connection did not come to its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
