package dev.daypass.run;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The requests of one connection of the program, each handed on to an edge with the account's
/// token, and its answer back.
final class Conversation {
    private final Edges edges;
    private final LocalRequest.Reader reader;
    private final @Nullable Proxy proxy;
    private final Wire program;

    /// @param reader reads requests
    /// @param proxy serves requests to a proxy; `null` where there is none
    Conversation(Edges edges, LocalRequest.Reader reader, @Nullable Proxy proxy, Wire program) {
        this.edges = edges;
        this.reader = reader;
        this.proxy = proxy;
        this.program = program;
    }

    /// What every conversation of a run shares.
    ///
    /// @param account whose token goes with the requests
    /// @param connections to edges
    /// @param below accounts that the program opens below it
    /// @param identity stands in for a cloud's; `null` where nobody asked for one
    record Edges(
            TaskAccount account,
            Connections connections,
            SubAccounts below,
            @Nullable ManagedIdentity identity) {
        Edges with(TaskAccount other) {
            return new Edges(other, connections, below, identity);
        }
    }

    void hold() throws IOException {
        boolean more = true;
        while (more) {
            try {
                Head head = Head.read(program.in());
                more = head != null && answer(head);
            } catch (MalformedMessage e) {
                local(
                        Answers.problem(400, "malformed-request", e.why(), "send it otherwise"),
                        true);
                more = false;
            }
        }
    }

    private boolean answer(Head head) throws IOException, MalformedMessage {
        if (proxy != null && Proxy.isTunnel(head)) {
            Answers.Local refused = proxy.tunnel(head, program, this::inside);
            return refused != null && local(refused, true);
        }
        return switch (proxy != null && Proxy.concerns(head)
                ? proxy.read(head)
                : reader.read(head)) {
            case LocalRequest.Read.Refused(var why) -> local(why, true);
            case LocalRequest.Read.Good(var request) -> answer(head, request);
        };
    }

    private void inside(Wire wire, LocalRequest.Reader within) throws IOException {
        new Conversation(edges, within, null, wire).hold();
    }

    private boolean answer(Head head, LocalRequest request) throws IOException, MalformedMessage {
        if (head.lists("expect", "100-continue")) {
            program.out().write(new Head("HTTP/1.1 100 Continue", java.util.List.of()).bytes());
            program.out().flush();
        }
        if (request.service().isEmpty()) {
            return about(request);
        }
        ManagedIdentity identity = edges.identity();
        if (identity != null && request.service().equals(ManagedIdentity.NAME)) {
            return local(identity.answer(head, request.rest()), true);
        }
        if (request.service().equals(SubAccounts.PLACE)) {
            return api(request);
        }
        return call(edges, request);
    }

    /// Accounts below the run's, and their calls.
    private boolean api(LocalRequest request) throws IOException, MalformedMessage {
        try {
            return routed(request);
        } catch (ConnectException | SSLException | SocketTimeoutException e) {
            return local(
                    Answers.problem(
                            502,
                            "unavailable",
                            "the server cannot be reached: " + e.getMessage(),
                            "try again shortly"),
                    true);
        }
    }

    private boolean routed(LocalRequest request) throws IOException, MalformedMessage {
        SubAccounts below = edges.below();
        return switch (below.route(request.method(), request.home(), request.rest())) {
            case SubAccounts.Routed.Call call -> call(edges.with(call.account()), call.of(request));
            case SubAccounts.Routed.Ask ask -> {
                byte[] body = SubAccounts.body(program, request);
                yield local(below.ask(request.method(), ask, request.home(), body), request.last());
            }
            case SubAccounts.Routed.Events events -> {
                below.events(events, request, program);
                yield false;
            }
            case SubAccounts.Routed.Nothing() ->
                    local(
                            Answers.problem(
                                    404,
                                    "not-found",
                                    "nothing of that kind is here, or no such account of this run",
                                    "open one with POST /v1/accounts"),
                            true);
        };
    }

    private boolean call(Edges with, LocalRequest request) throws IOException, MalformedMessage {
        URI endpoint = with.account().endpoints().get(request.service());
        if (endpoint == null) {
            return local(
                    Answers.problem(
                            404,
                            "not-found",
                            "this run's account holds nothing of service `%s`"
                                    .formatted(request.service()),
                            "its services: "
                                    + String.join(", ", edges.account().endpoints().keySet())),
                    true);
        }
        try {
            return new RelayedCall(with, program, request, endpoint).run();
        } catch (ConnectException | SSLException | SocketTimeoutException e) {
            return local(
                    Answers.problem(
                            502,
                            "unavailable",
                            "the edge at %s cannot be reached: %s"
                                    .formatted(endpoint.getAuthority(), e.getMessage()),
                            "try again shortly"),
                    true);
        }
    }

    /// What the program may know of its account.
    private boolean about(LocalRequest request) throws IOException, MalformedMessage {
        if (!request.method().equals("GET") || !(request.body() instanceof Body.None)) {
            return local(
                    Answers.problem(404, "not-found", "nothing is here but GET", "name a service"),
                    true);
        }
        var services = Json.object();
        edges.account()
                .endpoints()
                .keySet()
                .forEach(name -> services.put(name, request.home() + name));
        var told = new java.util.TreeMap<String, Json>(edges.account().told().members());
        told.put("endpoints", services.build());
        return local(new Answers.Local(200, Json.obj(told)), request.last());
    }

    private boolean local(Answers.Local answer, boolean last) throws IOException {
        program.send(answer.head(last));
        program.out().write(answer.json().bytes());
        program.out().flush();
        return !last;
    }
}
