package dev.daypass.bench;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/// Requests as the load sends them.
final class Requests {
    private Requests() {}

    static FullHttpRequest post(String path, String type, byte[] body) {
        FullHttpRequest request = of(HttpMethod.POST, path, body);
        request.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return request;
    }

    static FullHttpRequest delete(String path) {
        return of(HttpMethod.DELETE, path, new byte[0]);
    }

    /// @param token sent as a bearer token; empty for none
    static FullHttpRequest get(String path, String token) {
        FullHttpRequest request = of(HttpMethod.GET, path, new byte[0]);
        if (!token.isEmpty()) {
            request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
        }
        return request;
    }

    private static FullHttpRequest of(HttpMethod method, String path, byte[] body) {
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        return request;
    }
}
