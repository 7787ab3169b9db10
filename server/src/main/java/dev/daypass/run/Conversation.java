package dev.daypass.run;

import dev.daypass.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The requests of one connection of the program, each handed on to an edge with the account's
/// token, and its answer back.
final class Conversation {
    /// A body up to here is kept until the edge has answered: it may want another proof.
    private static final int KEPT_BYTES_MAX = 64 * 1024;

    private final TaskAccount account;
    private final Connections connections;
    private final Passage passage;
    private final String localUrl;
    private final Wire program;

    Conversation(
            TaskAccount account,
            Connections connections,
            Passage passage,
            String localUrl,
            Wire program) {
        this.account = account;
        this.connections = connections;
        this.passage = passage;
        this.localUrl = localUrl;
        this.program = program;
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
        return switch (LocalRequest.of(head, passage)) {
            case LocalRequest.Read.Refused(var why) -> local(why, true);
            case LocalRequest.Read.Good(var request) -> answer(head, request);
        };
    }

    private boolean answer(Head head, LocalRequest request) throws IOException, MalformedMessage {
        if (head.lists("expect", "100-continue")) {
            program.out().write(new Head("HTTP/1.1 100 Continue", java.util.List.of()).bytes());
            program.out().flush();
        }
        if (request.service().isEmpty()) {
            return about(request);
        }
        URI endpoint = account.endpoints().get(request.service());
        if (endpoint == null) {
            return local(
                    Answers.problem(
                            404,
                            "not-found",
                            "this run's account holds nothing of service `%s`"
                                    .formatted(request.service()),
                            "its services: " + String.join(", ", account.endpoints().keySet())),
                    true);
        }
        return new Exchange(request, endpoint).run();
    }

    /// What the program may know of its account.
    private boolean about(LocalRequest request) throws IOException, MalformedMessage {
        if (!request.method().equals("GET") || !(request.body() instanceof Body.None)) {
            return local(
                    Answers.problem(404, "not-found", "nothing is here but GET", "name a service"),
                    true);
        }
        var services = Json.object();
        account.endpoints().keySet().forEach(name -> services.put(name, localUrl + "/" + name));
        var told = new java.util.TreeMap<String, Json>(account.told().members());
        told.put("endpoints", services.build());
        return local(new Answers.Local(200, Json.obj(told)), request.last());
    }

    private boolean local(Answers.Local answer, boolean last) throws IOException {
        program.send(answer.head(last));
        program.out().write(answer.json().bytes());
        program.out().flush();
        return !last;
    }

    /// One request and its answer.
    private final class Exchange {
        private final LocalRequest request;
        private final URI endpoint;
        private final String target;
        private byte @Nullable [] kept;

        Exchange(LocalRequest request, URI endpoint) {
            this.request = request;
            this.endpoint = endpoint;
            this.target = endpoint.getRawPath() + request.rest();
        }

        /// @return whether the program's connection is good for another
        boolean run() throws IOException, MalformedMessage {
            keep();
            Wire edge = kept == null ? null : connections.used(endpoint);
            Head answer = edge == null ? null : tryUsed(edge);
            if (answer == null) {
                edge = fresh();
                if (edge == null) {
                    return false;
                }
                answer = ask(edge);
            }
            if (edge == null) {
                throw new EOFException("no edge");
            }
            if (Answers.status(answer) == 401 && nonceWanted(answer) && kept != null) {
                edge = drained(edge, answer);
                if (edge == null) {
                    return false;
                }
                answer = ask(edge);
            }
            return deliver(edge, answer);
        }

        /// A small body, or none, is read whole: the request can then be sent once more.
        private void keep() throws IOException, MalformedMessage {
            boolean small =
                    switch (request.body()) {
                        case Body.None _ -> true;
                        case Body.Fixed(var length) -> length <= KEPT_BYTES_MAX;
                        case Body.Chunked _, Body.UntilClosed _ -> false;
                    };
            if (small) {
                var bytes = new ByteArrayOutputStream();
                request.body().copy(program.in(), bytes);
                kept = bytes.toByteArray();
            }
        }

        private @Nullable Head tryUsed(Wire edge) throws MalformedMessage {
            try {
                return ask(edge);
            } catch (IOException _) {
                edge.close();
                return null;
            }
        }

        private @Nullable Wire fresh() throws IOException {
            try {
                return connections.fresh(endpoint);
            } catch (IOException e) {
                local(
                        Answers.problem(
                                502,
                                "unavailable",
                                "the edge at %s cannot be reached: %s"
                                        .formatted(endpoint.getAuthority(), e.getMessage()),
                                "try again shortly"),
                        true);
                return null;
            }
        }

        private Head ask(Wire edge) throws IOException, MalformedMessage {
            String url = withoutQuery("https://" + endpoint.getRawAuthority() + target);
            Head head =
                    request.head()
                            .starting(request.method() + " " + target + " HTTP/1.1")
                            .with("Host", endpoint.getRawAuthority());
            Head sent = account.authorized(head, request.method(), url);
            edge.send(request.body().announced(sent, !request.method().equals("GET")));
            InputStream body = kept == null ? program.in() : new ByteArrayInputStream(kept);
            if (kept == null) {
                request.body().copy(body, edge.out());
            } else {
                edge.out().write(kept);
            }
            edge.out().flush();
            Head answer = Head.read(edge.in());
            while (answer != null && Answers.status(answer) < 200) {
                answer = Head.read(edge.in());
            }
            if (answer == null) {
                throw new EOFException("the edge closed without an answer");
            }
            account.heard(answer.first("dpop-nonce").orElse(null));
            return answer;
        }

        private boolean nonceWanted(Head answer) {
            return answer.first("www-authenticate").orElse("").contains("use_dpop_nonce");
        }

        private @Nullable Wire drained(Wire edge, Head answer)
                throws IOException, MalformedMessage {
            Body body = Body.ofAnswer(answer, request.method(), 401);
            body.content(edge.in(), java.io.OutputStream.nullOutputStream());
            if (body instanceof Body.UntilClosed || answer.lists("connection", "close")) {
                edge.close();
                return fresh();
            }
            return edge;
        }

        private boolean deliver(Wire edge, Head answer) throws IOException, MalformedMessage {
            Body body = Body.ofAnswer(answer, request.method(), Answers.status(answer));
            boolean last = request.last() || body instanceof Body.UntilClosed;
            Head back = body.announced(here(answer.forwarded()), announcesNone(answer));
            program.send(
                    last && !(body instanceof Body.UntilClosed)
                            ? back.with("Connection", "close")
                            : back);
            program.out().flush();
            try {
                body.copy(edge.in(), program.out());
            } catch (IOException | MalformedMessage e) {
                edge.close();
                throw e;
            }
            if (body instanceof Body.UntilClosed || answer.lists("connection", "close")) {
                edge.close();
            } else {
                connections.free(endpoint, edge);
            }
            return !last;
        }

        private boolean announcesNone(Head answer) throws MalformedMessage {
            int status = Answers.status(answer);
            return !request.method().equals("HEAD") && status != 204 && status != 304;
        }

        /// What names the edge names this place, and what is about the token stays here.
        private Head here(Head answer) {
            String base = endpoint.toString();
            Optional<String> location = answer.first("location").filter(at -> at.startsWith(base));
            Head kept =
                    answer.without(field -> field.is("dpop-nonce") || field.is("www-authenticate"));
            return location.isEmpty()
                    ? kept
                    : kept.without(field -> field.is("location"))
                            .with(
                                    "Location",
                                    localUrl
                                            + "/"
                                            + request.service()
                                            + location.get().substring(base.length()));
        }
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
