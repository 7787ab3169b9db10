package dev.daypass.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Stands between TLS and the HTTP/1.1 parser, and lets through only what [RequestGrammar] has
/// nothing against: what the parser would repair never reaches it. A head is let through when it is
/// whole.
final class StrictBytes extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<String> OBJECTION =
            AttributeKey.valueOf(StrictBytes.class, "objection");

    // The parser stumbles over this whatever it waits for: a size, the end of a chunk, a trailer.
    private static final byte[] NO_BODY = "\0g\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_HEAD =
            "GET / HTTP/1.1\r\n?\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int AT_ONCE_BYTES_MAX = 4_096;

    /// What is said of a head that did not come in time.
    static final String LATE = "the head of the request took too long to come";

    private final ChannelHandlerContext parser;
    private final int headBytesMax;
    private final Duration headTime;
    private final RequestGrammar grammar = new RequestGrammar();
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private Future<?> late = CompletableFuture.completedFuture(null);
    private boolean deaf;

    private StrictBytes(ChannelHandlerContext parser, int headBytesMax, Duration headTime) {
        this.parser = parser;
        this.headBytesMax = headBytesMax;
        this.headTime = headTime;
    }

    /// Watches a connection of HTTP/1.1; another protocol has its own rules.
    ///
    /// @param headBytesMax more than the parser takes in a request line and fields together
    /// @param headTime from the first byte of a head to its last
    static void watch(HttpConnection connection, int headBytesMax, Duration headTime) {
        if (connection.protocolVersion() != HttpVersion.HTTP_2
                && connection instanceof HttpServerConnection server) {
            var pipeline = server.channelHandlerContext().pipeline();
            var parser = pipeline.context(HttpRequestDecoder.class);
            pipeline.addBefore(
                    parser.name(), "strictBytes", new StrictBytes(parser, headBytesMax, headTime));
        }
    }

    /// Why the last request of a connection was not let through; empty where it was.
    static String objection(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            String why = server.channelHandlerContext().channel().attr(OBJECTION).get();
            return why == null ? "" : why;
        }
        return "";
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (parser.isRemoved()) {
            context.fireChannelRead(message); // no longer HTTP, after an upgrade
        } else if (deaf) {
            bytes.release();
        } else {
            judge(context, bytes);
        }
    }

    private void judge(ChannelHandlerContext context, ByteBuf bytes) {
        int whole = bytes.readerIndex(); // what comes before this may pass
        int at = whole;
        while (at < bytes.writerIndex()) {
            long pass = Math.min(grammar.passable(), bytes.writerIndex() - at);
            boolean inHead = grammar.inHead();
            if (pass > 0) {
                grammar.pass(pass);
                at += (int) pass;
            } else if (inHead) {
                at = takeHead(bytes, at);
            } else if (grammar.take(bytes.getByte(at))) {
                at++;
            }
            if (!grammar.objection().isEmpty()) {
                let(context, bytes, whole);
                bytes.release();
                refuse(context, grammar.objection(), inHead);
                return;
            }
            if (grammar.between()) {
                whole = at;
            }
        }
        if (whole == bytes.writerIndex()) {
            letAll(context, bytes);
            return;
        }
        let(context, bytes, whole);
        hold(context, bytes);
    }

    private int takeHead(ByteBuf bytes, int from) {
        byte[] some = new byte[Math.min(bytes.writerIndex() - from, AT_ONCE_BYTES_MAX)];
        bytes.getBytes(from, some);
        return from + grammar.takeHead(some, 0, some.length);
    }

    private void letAll(ChannelHandlerContext context, ByteBuf bytes) {
        if (bytes.isReadable()) {
            letHeld(context);
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }

    /// Lets what came before `whole` through, and with it the head that was held.
    private void let(ChannelHandlerContext context, ByteBuf bytes, int whole) {
        int length = whole - bytes.readerIndex();
        if (length > 0) {
            letHeld(context);
            context.fireChannelRead(bytes.readRetainedSlice(length));
        }
    }

    private void letHeld(ChannelHandlerContext context) {
        if (held.isReadable()) {
            late.cancel(false);
            context.fireChannelRead(release());
        }
    }

    private void hold(ChannelHandlerContext context, ByteBuf rest) {
        if (!held.isReadable()) {
            held = context.alloc().buffer(rest.readableBytes());
            late =
                    context.executor()
                            .schedule(
                                    () -> refuse(context, LATE, true),
                                    headTime.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
        held.writeBytes(rest);
        rest.release();
        if (held.readableBytes() > headBytesMax) {
            deaf = true; // longer than the parser takes, and it says so
            late.cancel(false);
            context.fireChannelRead(release());
        }
    }

    private void refuse(ChannelHandlerContext context, String why, boolean inHead) {
        deaf = true;
        late.cancel(false);
        context.channel().attr(OBJECTION).set(why);
        context.fireChannelRead(Unpooled.wrappedBuffer(inHead ? NO_HEAD : NO_BODY));
        context.fireChannelReadComplete();
    }

    private ByteBuf release() {
        ByteBuf out = held;
        held = Unpooled.EMPTY_BUFFER;
        return out;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        late.cancel(false);
        release().release();
    }
}
