package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.mcp.ClientMethod;
import dev.daypass.mcp.Greeting;
import dev.daypass.mcp.Judging;
import dev.daypass.mcp.Message;
import dev.daypass.mcp.RpcCode;
import dev.daypass.mcp.Stateless;
import dev.daypass.mcp.StatelessFields;
import dev.daypass.wire.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/// Tells the revisions of the protocol apart: up to 2025-11-25 messages belong to a session that
/// `initialize` began; from 2026-07-28 on each stands alone.
final class McpEras {
    /// Revisions with sessions, newest first.
    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    private static final String SESSION = "mcp-session-id";
    private static final String BATCHES = "2025-03-26";

    private final EdgeParts parts;

    McpEras(EdgeParts parts) {
        this.parts = parts;
    }

    /// Where a call belongs.
    sealed interface Place {
        /// @param call with its session; without one where it begins it
        record Within(McpCall call) implements Place {}

        /// @param why it belongs nowhere
        /// @param code of JSON-RPC
        record Nowhere(Problem why, int code) implements Place {}
    }

    Place place(McpCall call) {
        HttpServerRequest request = call.verified().arrived().request();
        String said = request.getHeader(StatelessFields.VERSION);
        Message first = call.messages().getFirst().message();
        String named = call.batch() ? null : Stateless.version(first);
        boolean begins = asks(first, ClientMethod.INITIALIZE);
        if (!begins && (named != null || Stateless.VERSION.equals(said))) {
            return stateless(call, request.headers());
        }
        return call.messages().stream().anyMatch(j -> asks(j.message(), ClientMethod.INITIALIZE))
                ? beginning(call, request.headers())
                : within(call, request.headers());
    }

    private static boolean asks(Message message, ClientMethod method) {
        return message instanceof Message.Request(var _, var name, var _)
                && name.equals(method.wire());
    }

    private Place beginning(McpCall call, MultiMap headers) {
        return headers.contains(SESSION) || call.batch()
                ? nowhere("`initialize` stands alone and belongs to no session")
                : new Place.Within(
                        call.replacing(message ->
                                message instanceof Message.Request request
                                        ? Greeting.narrowed(request, call.judging())
                                        : message));
    }

    private Place within(McpCall call, MultiMap headers) {
        List<String> ids = headers.getAll(SESSION);
        List<String> versions = headers.getAll(StatelessFields.VERSION);
        if (versions.size() > 1 || !VERSIONS.containsAll(versions)) {
            return nowhere(
                    "this revision of the protocol is not spoken here; known: %s, %s"
                            .formatted(Stateless.VERSION, String.join(", ", VERSIONS)));
        }
        if (ids.size() != 1) {
            return nowhere("`Mcp-Session-Id` must be given once; initialize first");
        }
        McpSession session =
                parts.view().sessions().find(ids.getFirst(), McpSession.Owner.of(call.verified()));
        if (session == null) {
            return new Place.Nowhere(McpRefusals.noSession(), RpcCode.INVALID_REQUEST);
        }
        if (!versions.isEmpty()
                && !session.version().isEmpty()
                && !versions.getFirst().equals(session.version())) {
            return nowhere(
                    "`MCP-Protocol-Version` is not the one that was agreed on: "
                            + session.version());
        }
        return call.batch() && !session.version().equals(BATCHES)
                ? nowhere("only revision " + BATCHES + " has batches")
                : new Place.Within(call.with(session));
    }

    private Place nowhere(String why) {
        return nowhere(why, RpcCode.INVALID_REQUEST);
    }

    private Place nowhere(String why, int code) {
        return new Place.Nowhere(parts.refusals().malformed("permitted", why), code);
    }

    private Place stateless(McpCall call, MultiMap headers) {
        if (call.batch()
                || !(call.messages().getFirst().message() instanceof Message.Request request)) {
            return call.batch()
                            || !(call.messages().getFirst().message()
                                    instanceof Message.Notification)
                    ? nowhere("this revision takes one request or notification at a time")
                    : new Place.Within(
                            call.with(McpSession.stateless(McpSession.Owner.of(call.verified()))));
        }
        String version = Stateless.version(request);
        if (version == null) {
            return nowhere(
                    "`_meta` must name the revision of the protocol", RpcCode.INVALID_PARAMS);
        }
        if (!version.equals(Stateless.VERSION)) {
            return unsupported(version);
        }
        String mismatch =
                StatelessFields.objection(
                        request,
                        call.judging().headers(request),
                        headers::getAll,
                        headers.names().stream().map(n -> n.toLowerCase(Locale.ROOT)).toList());
        if (!mismatch.isEmpty()) {
            return nowhere(mismatch, RpcCode.HEADER_MISMATCH);
        }
        return opened(call, request);
    }

    private Place unsupported(String version) {
        Problem why =
                parts.refusals()
                        .malformed("permitted", "this revision of the protocol is not spoken here")
                        .member("supported", Json.strings(supported()))
                        .member("requested", Json.of(version));
        return new Place.Nowhere(why, RpcCode.UNSUPPORTED_VERSION);
    }

    private static List<String> supported() {
        var all = new java.util.ArrayList<>(List.of(Stateless.VERSION));
        all.addAll(VERSIONS);
        return all;
    }

    /// A state that comes back must be the one that this account got for this request.
    private Place opened(McpCall call, Message.Request request) {
        Judging judging = call.judging();
        boolean answers = request.params().members().containsKey("inputResponses");
        if (answers && !judging.mayAskAnything()) {
            return nowhere("nothing was asked of this account", RpcCode.INVALID_PARAMS);
        }
        Message.Request narrowed = Stateless.narrowed(request, judging);
        String sealed = Stateless.state(request.params());
        if (sealed != null) {
            String state =
                    parts.view().states().open(McpStates.binding(call.verified(), request), sealed);
            if (state == null) {
                return nowhere(
                        "`requestState` was not given to this account for this request",
                        RpcCode.INVALID_PARAMS);
            }
            narrowed =
                    new Message.Request(
                            narrowed.id(),
                            narrowed.method(),
                            Stateless.withState(narrowed.params(), state));
        }
        Message.Request sent = narrowed;
        return new Place.Within(
                call.replacing(_ -> sent)
                        .with(McpSession.stateless(McpSession.Owner.of(call.verified()))));
    }
}
