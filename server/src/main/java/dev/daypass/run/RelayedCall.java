package dev.daypass.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request of the program, with the account's token, to an edge, and the answer back.
final class RelayedCall {
    /// What may be asked again where the edge closed a connection meanwhile (RFC 9110, 9.2.2).
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /// A body up to here is kept until the edge has answered: it may want another proof.
    private static final int KEPT_BYTES_MAX = 64 * 1024;

    private final TaskAccount account;
    private final Connections connections;
    private final Wire program;
    private final LocalRequest request;
    private final URI endpoint;
    private boolean streaming;

    RelayedCall(Conversation.Edges edges, Wire program, LocalRequest request, URI endpoint) {
        this.account = edges.account();
        this.connections = edges.connections();
        this.program = program;
        this.request = request;
        this.endpoint = endpoint;
    }

    /// @return whether the program's connection is good for another
    /// @throws IOException where the program or the edge went away within a message
    boolean run() throws IOException, MalformedMessage {
        byte[] kept = kept();
        streaming = kept == null;
        if (streaming && !account.nonceIsFresh()) {
            learnNonce();
        }
        Asked asked = ask(kept);
        if (kept != null && nonceWanted(asked.answer())) {
            finish(asked);
            asked = ask(kept);
        }
        return deliver(asked);
    }

    /// @param edge where it was sent
    /// @param answer the head of what came back
    /// @param method of what was sent
    private record Asked(Wire edge, Head answer, String method) {}

    /// A small body, or none, read whole; `null` for one that is handed on as it comes.
    private byte @Nullable [] kept() throws IOException, MalformedMessage {
        boolean small =
                switch (request.body()) {
                    case Body.None _ -> true;
                    case Body.Fixed(var length) -> length <= KEPT_BYTES_MAX;
                    case Body.Chunked _, Body.UntilClosed _ -> false;
                };
        if (!small) {
            return null;
        }
        var bytes = new ByteArrayOutputStream();
        request.body().copy(program.in(), bytes);
        return bytes.toByteArray();
    }

    /// A proof without a nonce is never taken, so nothing comes of this but a nonce.
    private void learnNonce() throws IOException, MalformedMessage {
        Wire edge = connections.fresh(endpoint);
        try {
            Head head =
                    new Head("GET " + endpoint.getRawPath() + "/ HTTP/1.1", List.of())
                            .with("Host", endpoint.getRawAuthority());
            edge.send(account.withoutNonce(head, "GET", endpoint + "/"));
            edge.out().flush();
            finish(new Asked(edge, answered(edge), "GET"));
        } catch (IOException e) {
            edge.close();
            throw e;
        }
    }

    private Asked ask(byte @Nullable [] kept) throws IOException, MalformedMessage {
        Wire used = kept == null ? null : connections.used(endpoint);
        if (used != null) {
            try {
                return new Asked(used, ask(used, kept), request.method());
            } catch (IOException e) {
                used.close();
                if (!SAFE.contains(request.method())) {
                    throw e; // it may have been done: nothing is ordered twice
                }
            }
        }
        Wire fresh = connections.fresh(endpoint);
        try {
            return new Asked(fresh, ask(fresh, kept), request.method());
        } catch (IOException | MalformedMessage e) {
            fresh.close();
            throw e;
        }
    }

    private Head ask(Wire edge, byte @Nullable [] kept) throws IOException, MalformedMessage {
        String target = endpoint.getRawPath() + request.rest();
        String url = withoutQuery("https://" + endpoint.getRawAuthority() + target);
        Head head =
                request.head()
                        .starting(request.method() + " " + target + " HTTP/1.1")
                        .with("Host", endpoint.getRawAuthority());
        if (request.upgrade() != null) {
            head = head.with("Connection", "Upgrade").with("Upgrade", request.upgrade());
        }
        Head sent = account.authorized(head, request.method(), url);
        edge.send(request.body().announced(sent, bodyExpected()));
        if (kept == null) {
            return sent(edge);
        }
        new ByteArrayInputStream(kept).transferTo(edge.out());
        edge.out().flush();
        return answered(edge);
    }

    private boolean bodyExpected() {
        return !request.method().equals("GET") && !request.method().equals("HEAD");
    }

    /// The edge may answer before it has the whole body, and want no more of it.
    private Head sent(Wire edge) throws IOException, MalformedMessage {
        edge.out().flush();
        Thread.ofVirtual().start(() -> send(edge));
        return answered(edge);
    }

    private void send(Wire edge) {
        try {
            request.body().copy(program.in(), edge.out());
        } catch (IOException | MalformedMessage _) {
            edge.close(); // half a body is none: the edge must not take it for a whole one
        }
    }

    private Head answered(Wire edge) throws IOException, MalformedMessage {
        Head answer = Head.read(edge.in());
        while (answer != null && Answers.status(answer) < 200 && Answers.status(answer) != 101) {
            answer = Head.read(edge.in());
        }
        if (answer == null) {
            throw new EOFException("the edge closed without an answer");
        }
        account.heard(answer.first("dpop-nonce").orElse(null));
        return answer;
    }

    private static boolean nonceWanted(Head answer) throws MalformedMessage {
        return Answers.status(answer) == 401
                && answer.first("www-authenticate").orElse("").contains("use_dpop_nonce");
    }

    /// Reads an answer to its end, for nobody.
    private void finish(Asked asked) throws IOException, MalformedMessage {
        Body body = Body.ofAnswer(asked.answer(), asked.method(), Answers.status(asked.answer()));
        body.content(asked.edge().in(), OutputStream.nullOutputStream());
        free(asked, body);
    }

    private void free(Asked asked, Body body) {
        boolean last =
                body instanceof Body.UntilClosed || asked.answer().lists("connection", "close");
        // Of a body that was not wanted something may still be under way.
        if (last || streaming) {
            asked.edge().close();
        } else {
            connections.free(endpoint, asked.edge());
        }
    }

    private boolean deliver(Asked asked) throws IOException, MalformedMessage {
        Wire edge = asked.edge();
        int status = Answers.status(asked.answer());
        if (status == 101) {
            return changedProtocol(asked);
        }
        Body body = Body.ofAnswer(asked.answer(), request.method(), status);
        boolean last = request.last() || body instanceof Body.UntilClosed || streaming;
        boolean bodiless = request.method().equals("HEAD") || status == 204 || status == 304;
        Head back = body.announced(translated(asked.answer().forwarded()), !bodiless);
        program.send(
                last && !(body instanceof Body.UntilClosed)
                        ? back.with("Connection", "close")
                        : back);
        program.out().flush();
        if (asked.answer().first("content-type").orElse("").startsWith("text/event-stream")) {
            edge.socket().setSoTimeout(0); // events come when they come
        }
        try {
            body.copy(edge.in(), program.out());
        } catch (IOException | MalformedMessage e) {
            edge.close();
            // Nothing may follow half an answer but the end of the connection.
            throw new IOException("the answer broke off", e);
        }
        edge.socket().setSoTimeout(Connections.ANSWER_MILLIS);
        free(asked, body);
        return !last;
    }

    private boolean changedProtocol(Asked asked) throws IOException {
        Head back = translated(asked.answer().forwarded()).with("Connection", "Upgrade");
        program.send(back.with("Upgrade", asked.answer().first("upgrade").orElse("websocket")));
        program.out().flush();
        program.socket().setSoTimeout(0);
        asked.edge().socket().setSoTimeout(0);
        Tunnel.between(program, asked.edge());
        asked.edge().close();
        return false;
    }

    /// What names the edge names this place, and what is about the token stays here.
    private Head translated(Head answer) {
        String base = endpoint.toString();
        Optional<String> location =
                answer.first("location").filter(at -> at.equals(base) || at.startsWith(base + "/"));
        Head kept = answer.without(field -> field.is("dpop-nonce") || field.is("www-authenticate"));
        return location.isEmpty()
                ? kept
                : kept.without(field -> field.is("location"))
                        .with("Location", request.home() + location.get().substring(base.length()));
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
