package dev.daypass.edge;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.ToolFact;
import dev.daypass.mcp.ClientMethod;
import dev.daypass.mcp.Filtering;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.Pins;
import dev.daypass.mcp.Receipt;
import dev.daypass.mcp.RpcCode;
import dev.daypass.mcp.ServerMessages;
import dev.daypass.mcp.Stateless;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges what an MCP server says: answers only to what was asked, requests only where they were
/// granted, lists without what the account may not use.
final class McpTalk {
    private static final Logger LOG = LoggerFactory.getLogger(McpTalk.class);

    private static final int DEFINITION_CHARS_MAX = 16 * 1024;

    private final EdgeParts parts;
    private final McpCall call;
    private final Consumer<Message> toServer;
    private final Consumer<Fact> notes;

    /// @param toServer is told what the server must hear at once
    /// @param notes is told what is recorded
    McpTalk(EdgeParts parts, McpCall call, Consumer<Message> toServer, Consumer<Fact> notes) {
        this.parts = parts;
        this.call = call;
        this.toServer = toServer;
        this.notes = notes;
    }

    /// @return what the client hears; `null` for nothing
    @Nullable Message stream(Message message) {
        return switch (message) {
            case Message.Reply reply -> reply(reply);
            case Message.Request request -> request(request);
            case Message.Notification told ->
                    ServerMessages.passes(told, call.judging()) && !call.limited()
                            ? told
                            : dropped(told);
        };
    }

    /// The same where the answer is whole: then nothing can be asked in it.
    @Nullable Message whole(Message message) {
        return switch (message) {
            case Message.Reply reply -> reply(reply);
            case Message.Request _, Message.Notification _ -> dropped(message);
        };
    }

    private @Nullable Message dropped(Message message) {
        LOG.debug(
                "service `{}`: dropped a {}",
                call.verified().arrived().service(),
                message.getClass().getSimpleName());
        return null;
    }

    private @Nullable Message reply(Message.Reply reply) {
        McpSession session = call.session();
        if (reply.id() instanceof Json.Null) {
            // An error about what the server could not read: it is the one request's of this call.
            Json id = call.firstId();
            return call.messages().size() == 1 && !(id instanceof Json.Null)
                    ? reply(new Message.Reply(id, true, reply.content()))
                    : dropped(reply);
        }
        McpSession.Expected expected = session == null ? null : session.expected(reply.key());
        if (expected == null) {
            return dropped(reply);
        }
        return Receipt.in(passed(reply, expected), expected.fact());
    }

    private Message.Reply passed(Message.Reply reply, McpSession.Expected expected) {
        McpSession session = call.session();
        ClientMethod method = expected.method();
        if (!expected.limits().isNone()) {
            return McpLimits.held(expected.limits(), method, reply);
        }
        if (reply.failed()) {
            return reply;
        }
        if (method == ClientMethod.INITIALIZE && session != null) {
            return agreed(reply, session);
        }
        Filtering.Filtered left = call.filtering().filter(method, reply.content());
        left.changed().forEach(this::changed);
        Message.Request alone = call.alone();
        return alone == null ? reply.with(left.result()) : rounds(reply.with(left.result()), alone);
    }

    /// What the server wants of the client before it answers, and what it lets the client keep.
    private Message.Reply rounds(Message.Reply reply, Message.Request to) {
        if (!Stateless.asksNoMore(reply.content(), call.judging())) {
            return Message.error(
                    reply.id(),
                    RpcCode.NOT_PERMITTED,
                    "the server asks of the client what was not granted to this account");
        }
        if (!(reply.content() instanceof Json.Obj result)) {
            return reply;
        }
        String state = Stateless.state(result);
        if (state == null) {
            return reply;
        }
        String binding = McpStates.binding(call.verified(), to);
        return reply.with(Stateless.withState(result, parts.view().states().seal(binding, state)));
    }

    private Message.Reply agreed(Message.Reply reply, McpSession session) {
        if (reply.content() instanceof Json.Obj(var members)
                && members.get("protocolVersion") instanceof Json.Str(var version)
                && McpEras.VERSIONS.contains(version)) {
            session.agree(version);
            return reply;
        }
        parts.view().sessions().end(session);
        return Message.error(
                reply.id(),
                RpcCode.SERVER_FAILED,
                "the server speaks no revision of the protocol that is known here");
    }

    private void changed(Filtering.Changed tool) {
        var service = call.verified().arrived().service();
        Pins pins = Objects.requireNonNull(call.verified().from().route().pins());
        String text = tool.definition().text();
        var fact =
                new ToolFact.ToolChanged(
                        service,
                        tool.tool(),
                        pins.accepted().getOrDefault(tool.tool(), ""),
                        hash(tool.definition()),
                        text.length() <= DEFINITION_CHARS_MAX ? tool.definition() : null);
        if (!parts.view().notice(fact)) {
            return;
        }
        notes.accept(fact);
        LOG.warn(
                "service `{}`: tool `{}` is not what was registered; it is hidden and refused",
                service,
                tool.tool());
    }

    private static String hash(Json.Obj definition) {
        try {
            return Pins.hash(definition);
        } catch (WireException _) {
            return "";
        }
    }

    private @Nullable Message request(Message.Request request) {
        McpSession session = call.session();
        boolean permitted =
                request.method().equals("ping")
                        || (call.judging().mayAsk(request.method()) && !call.limited());
        if (session != null && session.isStateless()) {
            return dropped(request); // this revision knows no such thing
        }
        if (permitted && session != null && session.ask(request.key())) {
            return request;
        }
        toServer.accept(
                Message.error(
                        request.id(),
                        RpcCode.METHOD_NOT_FOUND,
                        "the client may not be asked this"));
        return dropped(request);
    }
}
