package dev.daypass.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/// Notes whether a service has said anything since it was last asked.
final class AnswerBytes extends ChannelInboundHandlerAdapter {
    private boolean some;

    /// Watches a new connection.
    static void watch(HttpConnection connection) {
        if (connection instanceof HttpClientConnection client) {
            var pipeline = client.channelHandlerContext().pipeline();
            var parser = pipeline.context(HttpClientCodec.class);
            if (parser != null) {
                pipeline.addBefore(parser.name(), "answerBytes", new AnswerBytes());
            }
        }
    }

    /// A request goes out.
    static void forget(HttpConnection connection) {
        AnswerBytes of = of(connection);
        if (of != null) {
            of.some = false;
        }
    }

    /// Whether nothing has come since then; not where that is not known.
    static boolean none(HttpConnection connection) {
        AnswerBytes of = of(connection);
        return of != null && !of.some;
    }

    private static @org.jspecify.annotations.Nullable AnswerBytes of(HttpConnection connection) {
        return connection instanceof HttpClientConnection client
                ? (AnswerBytes) client.channelHandlerContext().pipeline().get("answerBytes")
                : null;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        some = true;
        context.fireChannelRead(message);
    }
}
