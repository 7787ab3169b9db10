package dev.daypass.run;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The agent API as the program sees it: it opens accounts below the run's own for what it does
/// next, and their tokens stay in this process like the run's. Thread-safe.
final class SubAccounts {
    /// Stands in local URLs where else the name of a service does; no service is called so.
    static final String PLACE = ".api";

    private static final String ACCOUNTS = "/v1/accounts";

    /// What the program gets instead of tokens.
    private static final String STAND_IN = "held-by-daypass-run";

    private static final Pattern ROUTE =
            Pattern.compile(
                    "/v1/accounts/(acc_[0-9A-Z]{26})(?:/(token|complete|widen|tools|events)|/services/([a-z0-9-]+)((?:[/?].*)?))?");
    private static final Map<String, String> METHODS =
            Map.of(
                    "token", "POST",
                    "complete", "POST",
                    "widen", "POST",
                    "tools", "GET",
                    "events", "GET");
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int MEMBERS_MAX = 256;

    /// What only the user of the run may say: whose key it is, how long it outlives the run, and
    /// who else may have a part of it.
    private static final Set<String> OURS = Set.of("key", "lease", "delegates");

    private final TaskAccount run;
    private final AgentApi api;
    private final Map<String, Member> members = new ConcurrentHashMap<>();

    /// @param run whose account all others lie below
    SubAccounts(TaskAccount run, AgentApi api) {
        this.run = run;
        this.api = api;
    }

    /// An account that this run opened.
    private static final class Member {
        private final Map<String, Json> told = new LinkedHashMap<>();
        private volatile @Nullable TaskAccount active;

        /// What was told later counts for more.
        private synchronized Json.Obj told(Json.Obj more) {
            told.putAll(more.members());
            return Json.obj(new LinkedHashMap<>(told));
        }
    }

    /// What is to be done with a request.
    sealed interface Routed {
        /// @param path of the agent API
        /// @param id of the account; empty for a new one
        record Ask(String path, String id) implements Routed {}

        /// @param path of the agent API
        record Events(String path) implements Routed {}

        /// @param account whose token goes with it
        /// @param service at the edge
        /// @param home URL of the service as the program knows it
        /// @param rest target below the service
        record Call(TaskAccount account, String service, String home, String rest)
                implements Routed {
            LocalRequest of(LocalRequest asked) {
                return new LocalRequest(
                        asked.method(),
                        service,
                        home,
                        rest,
                        asked.head(),
                        asked.body(),
                        asked.last(),
                        asked.upgrade());
            }
        }

        /// Not among what is here.
        record Nothing() implements Routed {}
    }

    /// @param home URL of this API as the program knows it
    Routed route(String method, String home, String rest) {
        if (rest.equals(ACCOUNTS)) {
            return method.equals("POST") ? new Routed.Ask(rest, "") : new Routed.Nothing();
        }
        Matcher route = ROUTE.matcher(rest);
        if (!route.matches()) {
            return new Routed.Nothing();
        }
        String id = route.group(1);
        String verb = route.group(2);
        String service = route.group(3);
        Member member = members.get(id);
        if (service != null) {
            TaskAccount active = member == null ? null : member.active;
            return active == null || !active.services().contains(service)
                    ? new Routed.Nothing()
                    : new Routed.Call(active, service, home(home, id, service), route.group(4));
        }
        if (member == null || !method.equals(verb == null ? "GET" : METHODS.get(verb))) {
            return new Routed.Nothing();
        }
        return "events".equals(verb) ? new Routed.Events(rest) : new Routed.Ask(rest, id);
    }

    private static String home(String home, String id, String service) {
        return home + ACCOUNTS + "/" + id + "/services/" + service;
    }

    /// Asks the agent API for the program.
    ///
    /// @param body what the program sent; empty for nothing
    /// @throws IOException where the server does not answer
    Answers.Local ask(String method, Routed.Ask ask, String home, byte[] body) throws IOException {
        Json said;
        try {
            said = body.length == 0 ? null : Json.parse(body, JsonLimits.DEFAULT);
            if (ask.id().isEmpty()) {
                said = below(said);
            }
        } catch (WireException e) {
            return Answers.problem(
                    400, "malformed-request", String.valueOf(e.getMessage()), "send it otherwise");
        }
        Reply reply = api.send(method, ask.path(), said);
        return reply.json() instanceof Json.Obj told
                ? new Answers.Local(reply.status(), reply.good() ? taken(told, ask, home) : told)
                : Answers.problem(502, "unavailable", "the server's answer is none", "try again");
    }

    /// Within the run's account, and with a key that only this process has.
    private Json below(@Nullable Json said) {
        if (!(said instanceof Json.Obj(var asked))) {
            throw new WireException("an object is expected, with `task`");
        }
        for (String kept : OURS) {
            if (asked.containsKey(kept)) {
                throw new WireException("`%s` is daypass run's to say".formatted(kept));
            }
        }
        if (members.size() >= MEMBERS_MAX) {
            throw new WireException(
                    "this run has %d accounts; end some first".formatted(MEMBERS_MAX));
        }
        var wish = new LinkedHashMap<>(asked);
        wish.put("parent", parent(asked.get("parent")));
        wish.put("key", Json.object().put("jwk", run.jwk()).build());
        return Json.obj(wish);
    }

    /// An account of this run, and the run's own where none is named: never none.
    private Json parent(@Nullable Json named) {
        return switch (named) {
            case null -> Json.of(run.id().value());
            case Json.Str(var id) when members.containsKey(id) || id.equals(run.id().value()) ->
                    named;
            default -> throw new WireException("`parent` is no account of this run");
        };
    }

    /// Keeps the token of an answer, and tells the program the rest.
    private Json.Obj taken(Json.Obj told, Routed.Ask ask, String home) {
        String id = told.members().get("id") instanceof Json.Str(var named) ? named : ask.id();
        Member member = members.computeIfAbsent(id, _ -> new Member());
        if (ask.path().endsWith("/complete")
                || Json.of("ended").equals(told.members().get("state"))) {
            members.remove(id);
        }
        Json.Obj all = member.told(told);
        var out = new LinkedHashMap<>(told.members());
        if (told.members().get("access_token") instanceof Json.Str(var token)) {
            TaskAccount before = member.active;
            if (before == null || told.members().containsKey("endpoints")) {
                member.active = run.below(all);
            } else {
                before.renewed(Secret.of(token));
            }
            out.put("access_token", Json.of(STAND_IN));
            out.put("token_type", Json.of("Bearer"));
        }
        if (told.members().get("endpoints") instanceof Json.Obj(var endpoints)) {
            var here = Json.object();
            endpoints.keySet().forEach(service -> here.put(service, home(home, id, service)));
            out.put("endpoints", here.build());
        }
        return Json.obj(out);
    }

    /// Hands on what becomes of an account, as it comes.
    void events(Routed.Events events, LocalRequest request, Wire program)
            throws IOException, MalformedMessage {
        try (Wire server = api.follow(events.path(), request.head().first("last-event-id"))) {
            Head answer = Head.read(server.in());
            if (answer == null) {
                throw new IOException("the server closed without an answer");
            }
            Body body = Body.ofAnswer(answer, "GET", Answers.status(answer));
            program.send(body.announced(answer.forwarded(), false).with("Connection", "close"));
            program.out().flush();
            server.socket().setSoTimeout(0); // events come when they come
            body.copy(server.in(), program.out());
        }
    }

    /// The body of a request to this API, whole.
    ///
    /// @throws MalformedMessage if it is too long
    static byte[] body(Wire program, LocalRequest request) throws IOException, MalformedMessage {
        var bytes = new ByteArrayOutputStream();
        if (request.body() instanceof Body.Fixed(var length) && length <= BODY_BYTES_MAX) {
            request.body().content(program.in(), bytes);
        } else if (!(request.body() instanceof Body.None)) {
            throw new MalformedMessage("a body without a length, or one that is too long");
        }
        return bytes.toByteArray();
    }
}
