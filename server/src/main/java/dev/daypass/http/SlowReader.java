package dev.daypass.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Reads no more from who does not take what it is sent, and lets it go when that lasts: requests
/// in a row whose answers nobody reads would fill the memory with answers.
final class SlowReader extends ChannelDuplexHandler {
    private final Duration time;
    private Future<?> late = CompletableFuture.completedFuture(null);
    private boolean asked;

    private SlowReader(Duration time) {
        this.time = time;
    }

    static void watch(HttpConnection connection, Duration time) {
        if (connection instanceof HttpServerConnection server) {
            var parser = server.channelHandlerContext();
            parser.pipeline().addBefore(parser.name(), "slowReader", new SlowReader(time));
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        } else {
            asked = true;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        late.cancel(false);
        if (context.channel().isWritable()) {
            if (asked) {
                asked = false;
                context.read();
            }
        } else {
            late =
                    context.executor()
                            .schedule(
                                    () -> context.channel().unsafe().closeForcibly(),
                                    time.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        late.cancel(false);
    }
}
