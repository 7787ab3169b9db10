package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.ledger.Fact;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.MessageReader;
import dev.daypass.mcp.RpcCode;
import dev.daypass.mcp.Verdict;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// What an MCP server answers on its way back: recorded, then read message by message; what is not
/// understood goes no further.
final class McpAnswer {
    private static final String SESSION = "mcp-session-id";
    private static final int SESSION_CHARS_MAX = 1_024;
    private static final long STREAM_IDLE_MILLIS = 3_600_000;

    private final EdgeParts parts;
    private final McpCall call;
    private final HttpClientResponse from;
    private final Scrubber scrubber;
    private final McpForwarding forwarding;
    private final Injection injection;
    private List<Long> facts = List.of();

    McpAnswer(
            EdgeParts parts,
            McpCall call,
            HttpClientResponse from,
            Scrubber scrubber,
            McpForwarding forwarding,
            Injection injection) {
        this.parts = parts;
        this.call = call;
        this.from = from;
        this.scrubber = scrubber;
        this.forwarding = forwarding;
        this.injection = injection;
    }

    /// The answer to messages.
    void post() {
        from.pause();
        from.exceptionHandler(_ -> call.exchange().broken());
        List<Fact.CallMade> made = made();
        if (!call.changes() && !parts.readsDurableFirst() && !call.exchange().wantsReceipt()) {
            made.subList(1, made.size()).forEach(this::note);
            call.exchange().answered(made.getFirst());
            release();
            return;
        }
        call.exchange().answered(null); // it is recorded now
        Future.fromCompletionStage(recorded(made), Vertx.currentContext())
                .onComplete(
                        numbers -> {
                            facts = numbers;
                            call.exchange().receipts(facts);
                            release();
                        },
                        _ -> {
                            from.request().reset();
                            refuse(parts.refusals().unrecorded());
                        });
    }

    /// @return which facts they are, once all of them are durable
    private CompletableFuture<List<Long>> recorded(List<Fact.CallMade> made) {
        Claims claims = call.verified().token().claims();
        List<CompletableFuture<Long>> all =
                made.stream()
                        .map(fact ->
                                parts.link()
                                        .record(
                                                claims.tenant(),
                                                claims.account(),
                                                claims.agent(),
                                                fact)
                                        .toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> all.stream().map(CompletableFuture::join).toList());
    }

    /// The answers to come tell which facts their requests are, where the agent wants to know.
    private McpAnswer receipted() {
        McpSession session = call.session();
        if (session != null && call.exchange().wantsReceipt()) {
            for (int i = 0; i < facts.size(); i++) {
                if (call.messages().get(i).message() instanceof Message.Request request) {
                    session.receipt(request.key(), facts.get(i));
                }
            }
        }
        return this;
    }

    private List<Fact.CallMade> made() {
        var out = new ArrayList<Fact.CallMade>();
        for (McpCall.Judged judged : call.messages()) {
            String method =
                    switch (judged.message()) {
                        case Message.Request request -> request.method();
                        case Message.Notification told -> told.method();
                        case Message.Reply _ -> "answer";
                    };
            String operation =
                    switch (judged.verdict()) {
                        case Verdict.Use(var _, var by) -> by.operation().name();
                        case Verdict.Pass _, Verdict.Awaits _, Verdict.Refused _ -> method;
                    };
            out.add(fact(operation, method));
        }
        return out;
    }

    private Fact.CallMade fact(String operation, String request) {
        return new Fact.CallMade(
                call.verified().arrived().service(),
                operation,
                request,
                from.statusCode(),
                call.exchange().micros());
    }

    private void note(Fact fact) {
        Claims claims = call.verified().token().claims();
        parts.link().note(claims.tenant(), claims.account(), claims.agent(), fact);
    }

    /// The answer to the wish for a stream.
    void stream() {
        from.pause();
        call.exchange().answered(fact("stream", "GET /mcp"));
        if (from.statusCode() == 200 && type().equals("text/event-stream")) {
            relay();
        } else if (from.statusCode() == 405) {
            from.request().reset();
            refuse(
                    Problem.of(
                                    "method-not-allowed",
                                    "Method not allowed",
                                    405,
                                    "the MCP server offers no stream")
                            .at("forward")
                            .header("allow", "POST, DELETE"));
        } else {
            unusable();
        }
    }

    private void release() {
        if (call.exchange().isOver()) {
            from.request().reset();
            return;
        }
        int status = from.statusCode();
        if (status == 202 || status == 204) {
            from.resume();
            from.endHandler(_ -> {});
            HttpServerResponse to = to();
            to.setStatusCode(202).end();
            call.exchange().settle();
        } else if (status == 200 && type().equals("text/event-stream")) {
            begin().receipted().relay();
        } else if (type().equals("application/json")) {
            (status == 200 ? begin() : this).receipted().whole();
        } else {
            unusable();
        }
    }

    private void unusable() {
        from.request().reset();
        McpSession session = call.session();
        if (from.statusCode() == 404 && session != null) {
            parts.view().sessions().end(session);
            refuse(McpRefusals.noSession());
            return;
        }
        refuse(
                parts.refusals()
                        .badUpstream(
                                502,
                                "the MCP server answered %d and no message"
                                        .formatted(from.statusCode())));
    }

    private String type() {
        String type = from.getHeader("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /// Where the server took `initialize`, the client gets a session.
    private McpAnswer begin() {
        if (call.session() != null) {
            return this;
        }
        String upstream = from.getHeader(SESSION);
        boolean plain =
                upstream == null
                        || (upstream.length() <= SESSION_CHARS_MAX
                                && upstream.chars().allMatch(c -> c > 0x20 && c < 0x7f));
        McpSession session =
                parts.view()
                        .sessions()
                        .begin(McpSession.Owner.of(call.verified()), plain ? upstream : null);
        if (parts.view().ended(call.verified().account())) {
            parts.view().sessions().end(session);
        }
        McpCall within = call.with(session);
        McpLine.expectAll(within);
        var answer = new McpAnswer(parts, within, from, scrubber, forwarding, injection);
        answer.facts = facts;
        return answer;
    }

    private void relay() {
        from.request().idleTimeout(STREAM_IDLE_MILLIS);
        new McpRelay(talk(), from, to(), scrubber).run(call, parts.clock().instant());
    }

    private McpTalk talk() {
        return new McpTalk(
                parts, call, message -> forwarding.tell(call, injection, message), this::note);
    }

    /// A whole answer: a message, or several to a batch.
    private void whole() {
        var collected = Buffer.buffer();
        from.exceptionHandler(_ -> refuse(brokenOff()));
        from.handler(chunk -> {
            if (collected.length() + chunk.length() > MessageReader.SERVER_BYTES_MAX) {
                from.request().reset();
                refuse(tooLong());
            } else {
                collected.appendBuffer(scrubber.next(chunk));
            }
        });
        from.endHandler(_ -> {
            collected.appendBuffer(scrubber.rest());
            if (!call.exchange().isOver()) {
                read(collected.getBytes());
            }
        });
        from.resume();
    }

    private void read(byte[] bytes) {
        if (from.statusCode() == 404 && call.session() != null) {
            unusable();
            return;
        }
        switch (MessageReader.ofServer().read(bytes)) {
            case MessageReader.Reading.Malformed(var _, var why) ->
                    refuse(
                            parts.refusals()
                                    .badUpstream(
                                            502, "the MCP server's answer is malformed: " + why));
            case MessageReader.Reading.Messages(var all, var batch, var _) -> {
                McpTalk talk = talk();
                List<Message> out =
                        all.stream().map(talk::whole).filter(java.util.Objects::nonNull).toList();
                if (out.isEmpty() || batch != call.batch()) {
                    refuse(
                            parts.refusals()
                                    .badUpstream(
                                            502, "the MCP server answered what was not asked"));
                    return;
                }
                write(
                        call.batch()
                                ? Json.array(out.stream().map(Message::json).toList())
                                : out.getFirst().json());
            }
        }
    }

    private void write(Json json) {
        call.forget();
        HttpServerResponse to = to();
        to.setStatusCode(from.statusCode());
        to.putHeader("content-type", "application/json");
        to.putHeader("cache-control", "no-store");
        to.end(Buffer.buffer(json.bytes()));
        call.exchange().settle();
    }

    private HttpServerResponse to() {
        HttpServerResponse to = call.verified().arrived().request().response();
        McpSession session = call.session();
        if (session != null && call.messages().stream().anyMatch(McpAnswer::initializes)) {
            to.putHeader(SESSION, session.id());
        }
        return to;
    }

    private static boolean initializes(McpCall.Judged judged) {
        return judged.message() instanceof Message.Request(var _, var method, var _)
                && method.equals("initialize");
    }

    private Problem brokenOff() {
        return parts.refusals().badUpstream(502, "the MCP server broke the connection off");
    }

    private Problem tooLong() {
        return parts.refusals()
                .badUpstream(
                        502,
                        "the MCP server's answer is longer than %d bytes"
                                .formatted(MessageReader.SERVER_BYTES_MAX));
    }

    private void refuse(Problem why) {
        call.forget();
        call.exchange().refuse(why, McpRefusals.told(call, why, RpcCode.SERVER_FAILED));
    }
}
