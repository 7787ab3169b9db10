package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.mcp.Message;
import dev.daypass.permission.HttpMethod;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends messages to an MCP server over streamable HTTP. Of the agent's fields none crosses: what
/// the server needs to know is said anew.
final class McpForwarding {
    private static final Logger LOG = LoggerFactory.getLogger(McpForwarding.class);

    private final EdgeParts parts;
    private final HttpClient client;
    private final OutgoingFields outgoing;

    McpForwarding(EdgeParts parts, HttpClient client) {
        this.parts = parts;
        this.client = client;
        this.outgoing = new OutgoingFields(parts);
    }

    /// One request to a server.
    ///
    /// @param exchange whose it is
    /// @param carrier what is sent where
    /// @param injection what lets it in
    /// @param fields of the protocol
    private record Outgoing(
            Exchange exchange, Call.Permitted carrier, Injection injection, MultiMap fields) {
        @Override
        public String toString() {
            return "Outgoing[" + carrier.arrived().service() + "]";
        }
    }

    /// @throws dev.daypass.wire.WireException if a message has no canonical form
    void post(McpCall call, Injection injection) {
        Buffer body = call.bytes();
        var out =
                new Outgoing(
                        call.exchange(),
                        McpCall.carrier(call.verified(), HttpMethod.POST, body),
                        injection,
                        fields(call.session(), "application/json, text/event-stream"));
        send(
                out,
                (response, echoes) ->
                        new McpAnswer(parts, call, response, new Scrubber(echoes), this, injection)
                                .post());
    }

    void stream(McpCall call, Injection injection, @Nullable String last) {
        MultiMap fields = fields(call.session(), "text/event-stream");
        if (last != null) {
            fields.set("last-event-id", last);
        }
        var out =
                new Outgoing(
                        call.exchange(),
                        McpCall.carrier(call.verified(), HttpMethod.GET, Buffer.buffer()),
                        injection,
                        fields);
        send(
                out,
                (response, echoes) ->
                        new McpAnswer(parts, call, response, new Scrubber(echoes), this, injection)
                                .stream());
    }

    void end(Call.Verified verified, Exchange exchange, McpSession session, Injection injection) {
        var out =
                new Outgoing(
                        exchange,
                        McpCall.carrier(verified, HttpMethod.DELETE, Buffer.buffer()),
                        injection,
                        fields(session, "application/json"));
        send(
                out,
                (response, _) -> {
                    response.request().reset();
                    exchange.answer(Response.empty(200));
                });
    }

    /// Tells the server something that no client waits for.
    void tell(McpCall call, Injection injection, Message message) {
        Call.Permitted carrier =
                McpCall.carrier(call.verified(), HttpMethod.POST, Buffer.buffer(message.bytes()));
        MultiMap fields = fields(call.session(), "application/json, text/event-stream");
        client.request(UpstreamTarget.options(carrier, injection))
                .onComplete(
                        request -> {
                            if (parts.destinations().permits(request)) {
                                outgoing.fill(carrier, injection, request, fields);
                                request.response()
                                        .onComplete(answer -> answer.request().reset(), _ -> {});
                                request.end(Buffer.buffer(message.bytes()));
                            }
                        },
                        failure -> LOG.debug("telling a server failed", failure));
    }

    private static MultiMap fields(@Nullable McpSession session, String accept) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        fields.set("accept", accept);
        if (session != null) {
            String upstream = session.upstream();
            if (upstream != null) {
                fields.set("mcp-session-id", upstream);
            }
            if (!session.version().isEmpty()) {
                fields.set("mcp-protocol-version", session.version());
            }
        }
        return fields;
    }

    private void send(Outgoing out, BiConsumer<HttpClientResponse, Needles> then) {
        client.request(
                        UpstreamTarget.options(out.carrier(), out.injection())
                                .setConnectTimeout(parts.limits().connectTimeout().toMillis()))
                .onComplete(
                        request -> send(out, request, then),
                        failure -> {
                            LOG.debug("mcp server cannot be reached", failure);
                            refuse(out, "the MCP server cannot be reached");
                        });
    }

    private void send(
            Outgoing out,
            HttpClientRequest upstream,
            BiConsumer<HttpClientResponse, Needles> then) {
        Exchange exchange = out.exchange();
        upstream.exceptionHandler(_ -> {}); // the answer's future fails too
        if (exchange.isOver()) {
            upstream.reset();
            return;
        }
        if (!parts.destinations().permits(upstream)) {
            refuse(out, "the MCP server's name leads to an address where services may not stand");
            return;
        }
        exchange.upstream(upstream);
        Needles echoes = outgoing.fill(out.carrier(), out.injection(), upstream, out.fields());
        upstream.response()
                .onComplete(
                        response -> {
                            if (exchange.isOver()) {
                                response.request().reset();
                            } else {
                                then.accept(response, echoes);
                            }
                        },
                        _ -> refuse(out, "the MCP server broke the connection off"));
        exchange.sent();
        upstream.idleTimeout(parts.limits().responseTimeout().toMillis());
        switch (out.carrier().payload()) {
            case Call.Payload.Held(var bytes) -> upstream.end(bytes);
            case Call.Payload.Whole(var bytes) -> upstream.end(bytes);
            case Call.Payload.Streaming _ -> upstream.end();
        }
    }

    private void refuse(Outgoing out, String why) {
        Problem problem = parts.refusals().badUpstream(502, why);
        out.exchange().refuse(problem);
    }
}
