package dev.daypass.edge;

import dev.daypass.mcp.Filtering;
import dev.daypass.mcp.Judging;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.Offer;
import dev.daypass.mcp.Pins;
import dev.daypass.mcp.Verdict;
import dev.daypass.permission.AnswerLimits;
import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Permission;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Messages of a client on their way to an MCP server.
///
/// @param verified the call that brought them
/// @param exchange its life
/// @param judging by what its account may use
/// @param messages each with what becomes of it; at least one
/// @param batch whether they came as an array
/// @param session `null` where there is none yet
record McpCall(
        Call.Verified verified,
        Exchange exchange,
        Judging judging,
        List<Judged> messages,
        boolean batch,
        @Nullable McpSession session) {
    McpCall {
        messages = List.copyOf(messages);
    }

    /// @param message as it is sent on
    /// @param verdict what becomes of it
    record Judged(Message message, Verdict verdict) {
        /// How much of the answer the account sees.
        AnswerLimits limits() {
            return verdict instanceof Verdict.Use(var _, var by) ? by.answer() : AnswerLimits.NONE;
        }
    }

    static Judging judging(Call.Verified call) {
        return judging(call, call.token().grant());
    }

    static Judging judging(Call.Verified call, Grant grant) {
        Pins pins = call.from().route().pins();
        return new Judging(
                new Offer.Reach(
                        call.arrived().service(),
                        grant,
                        call.from().route().surface(),
                        pins == null ? Pins.NONE : pins));
    }

    Filtering filtering() {
        return new Filtering(judging);
    }

    /// The same with other messages.
    McpCall replacing(UnaryOperator<Message> by) {
        return new McpCall(
                verified,
                exchange,
                judging,
                messages.stream().map(j -> new Judged(by.apply(j.message()), j.verdict())).toList(),
                batch,
                session);
    }

    /// The request of the stateless revision that it is; `null` where it is none.
    Message.@Nullable Request alone() {
        return session != null
                        && session.isStateless()
                        && messages.getFirst().message() instanceof Message.Request request
                ? request
                : null;
    }

    McpCall with(McpSession other) {
        return new McpCall(verified, exchange, judging, messages, batch, other);
    }

    /// The operations that it uses, each as a call of its own.
    List<Call.Permitted> uses() {
        return messages.stream()
                .filter(judged -> judged.verdict() instanceof Verdict.Use)
                .map(judged -> {
                    var use = (Verdict.Use) judged.verdict();
                    return new Call.Permitted(
                            verified, use.request(), use.by(), new Call.Payload.Streaming());
                })
                .toList();
    }

    /// Whether the account does not see all of what this server answers. What the server says of
    /// its own accord could repeat the rest.
    boolean limited() {
        return messages.stream().anyMatch(judged -> !judged.limits().isNone())
                || verified.token().grant().permissions().stream()
                        .anyMatch(p ->
                                p.operation().service().equals(verified.arrived().service())
                                        && !p.answer().isNone());
    }

    /// Whether it may change something at the server.
    boolean changes() {
        return uses().stream()
                .anyMatch(use -> {
                    Set<Trait> traits =
                            verified.from().route().surface().traits(use.by().operation());
                    return !traits.contains(Trait.READ)
                            || traits.contains(Trait.WRITE)
                            || traits.contains(Trait.DELETE);
                });
    }

    /// What is sent, built of what was judged.
    Buffer bytes() {
        if (!batch) {
            return Buffer.buffer(messages.getFirst().message().bytes());
        }
        var out = new ByteArrayOutputStream();
        out.write('[');
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(messages.get(i).message().bytes());
        }
        out.write(']');
        return Buffer.buffer(out.toByteArray());
    }

    /// The request that carries it.
    static Call.Permitted carrier(Call.Verified call, HttpMethod method, Buffer body) {
        Permission any =
                call.token().grant().permissions().stream()
                        .filter(p -> p.operation().service().equals(call.arrived().service()))
                        .findFirst()
                        .orElseThrow();
        return new Call.Permitted(
                call,
                CanonicalRequest.of(method, "/mcp", Map.of()),
                any,
                body.length() == 0 ? new Call.Payload.Whole(body) : new Call.Payload.Held(body));
    }

    /// No answer to its requests is expected any more.
    void forget() {
        McpSession within = session;
        if (within != null) {
            for (Judged judged : messages) {
                if (judged.message() instanceof Message.Request request) {
                    within.expected(request.key());
                }
            }
        }
    }

    /// The id of the first request; JSON's `null` where none wants an answer.
    Json firstId() {
        for (Judged judged : messages) {
            if (judged.message() instanceof Message.Request(var id, var _, var _)) {
                return id;
            }
        }
        return new Json.Null();
    }
}
