package dev.daypass.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.atomic.AtomicBoolean;

/// Says with every answer of a server that stops that its connection ends (RFC 9112, section 9.6).
/// Over HTTP/2 a frame of its own says so.
final class Farewell extends ChannelOutboundHandlerAdapter {
    private final AtomicBoolean stopping;

    private Farewell(AtomicBoolean stopping) {
        this.stopping = stopping;
    }

    static void watch(HttpConnection connection, AtomicBoolean stopping) {
        if (connection.protocolVersion() != HttpVersion.HTTP_2
                && connection instanceof HttpServerConnection server) {
            var last = server.channelHandlerContext();
            last.pipeline().addBefore(last.name(), "farewell", new Farewell(stopping));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (stopping.get() && message instanceof HttpResponse response) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        var _ = context.write(message, promise);
    }
}
