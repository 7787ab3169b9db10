package dev.daypass.sdk;

import dev.daypass.sdk.Daypass.Told;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A temporary account: what the task's words justify, until it is closed. Safe to share between
/// threads.
public final class Account implements AutoCloseable {
    private static final long RENEW_BEFORE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Daypass daypass;
    private final String id;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Told told;
    private String token = "";
    private long renewAt; // by System.nanoTime
    private boolean closed;
    private boolean ended;

    Account(Daypass daypass, Told told) {
        this.daypass = daypass;
        this.id = told.id();
        this.told = told;
        take(told);
    }

    private void take(Told news) {
        told = told.and(news);
        Optional<String> renewed = news.text("access_token");
        if (renewed.isPresent()) {
            long lives = Duration.ofSeconds(news.number("expires_in")).toNanos();
            token = renewed.get();
            renewAt = System.nanoTime() + Math.max(lives - RENEW_BEFORE_NANOS, lives / 2);
        }
    }

    /// `acc_…`
    public String id() {
        return id;
    }

    /// Its deadline.
    public Instant expiresAt() {
        return Instant.parse(told.text("expires_at").orElseThrow());
    }

    /// What it may do: service, operation, method, path, constraints, and because of which words.
    public List<Map<String, Object>> grant() {
        return Json.objects(told.members().get("grant"));
    }

    /// What was left out, and why.
    public List<Map<String, Object>> dropped() {
        return Json.objects(told.members().get("dropped"));
    }

    /// By service, where the edge takes its calls.
    public Map<String, URI> endpoints() {
        var out = new LinkedHashMap<String, URI>();
        Json.members(told.members().get("endpoints"))
                .forEach((service, url) -> out.put(service, URI.create(url.toString())));
        return out;
    }

    /// Calls a service through the edge.
    ///
    /// @throws DaypassException if the account has nothing there
    public ServiceCalls http(String service) {
        Map<String, URI> known = endpoints();
        URI endpoint = known.get(service);
        if (endpoint == null) {
            throw new DaypassException(
                    "this account has nothing at `%s`; it has: %s"
                            .formatted(service, String.join(", ", known.keySet())));
        }
        return new ServiceCalls(daypass, this, endpoint.toString());
    }

    /// The grant as tools, one for each operation; without those of MCP servers, which an MCP
    /// client finds itself.
    public List<Tool> tools() {
        Told answer = daypass.ask("GET", "/v1/accounts/" + id + "/tools", "");
        return Json.objects(answer.members().get("tools")).stream().map(Tool::of).toList();
    }

    /// Calls a tool.
    ///
    /// @param given arguments by name; a list is a `Collection`, an object a `Map`
    /// @throws IllegalArgumentException before anything is sent, where they are none of the tool's
    /// @throws Refused where Daypass refuses; what the service answers, errors included, is
    ///   returned
    public HttpResponse<String> call(Tool tool, Map<String, ?> given) {
        ToolRequest made = ToolRequest.of(tool, given);
        return http(tool.service())
                .send(
                        made.path(),
                        request -> {
                            made.headers().forEach(request::setHeader);
                            made.json()
                                    .ifPresent(json ->
                                            request.setHeader("content-type", "application/json"));
                            return request.method(
                                    made.method(),
                                    made.json()
                                            .map(BodyPublishers::ofString)
                                            .orElseGet(BodyPublishers::noBody));
                        });
    }

    /// Calls a tool.
    ///
    /// @param json the arguments, as a language model writes them: a JSON object, or nothing
    /// @throws IllegalArgumentException before anything is sent, where they are none of the tool's
    /// @throws Refused where Daypass refuses; what the service answers, errors included, is
    ///   returned
    public HttpResponse<String> call(Tool tool, String json) {
        return call(
                tool,
                json.isBlank()
                        ? Map.of()
                        : Json.object(json)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "the arguments of `%s` are no JSON object"
                                                        .formatted(tool.name()))));
    }

    /// What a library that sends requests itself must give as `Authorization` with each one; with
    /// [Daypass#tls()] and nothing else it is worth anything. It changes: ask for it each time.
    public String authorization() {
        return "Bearer " + token();
    }

    /// A token that does not expire at once.
    String token() {
        lock.lock();
        try {
            if (closed) {
                throw new DaypassException.Closed(id + " was used after it was closed");
            }
            if (System.nanoTime() - renewAt >= 0) {
                take(daypass.token(id));
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    /// Gets a new token. It happens by itself before one expires, within the account's deadline.
    public void renew() {
        taken(daypass.token(id));
    }

    private void taken(Told news) {
        lock.lock();
        try {
            take(news);
        } finally {
            lock.unlock();
        }
    }

    /// Asks for more; where a human must agree, waits as long as the server does.
    ///
    /// @param reason why, and what for; its words count like the task's
    /// @throws DaypassException if it is refused or not approved
    public void widen(String reason) {
        widen(reason, Optional.empty());
    }

    /// Asks for more, and waits for a human at most so long.
    ///
    /// @param reason why, and what for; its words count like the task's
    /// @throws DaypassException if it is refused or not approved
    public void widen(String reason, Duration wait) {
        widen(reason, Optional.of(wait));
    }

    private void widen(String reason, Optional<Duration> wait) {
        Told news =
                daypass.ask(
                        "POST",
                        "/v1/accounts/" + id + "/widen",
                        Json.write(Map.of("reason", reason)));
        if (news.text("access_token").isEmpty()) {
            int number = Json.objects(daypass.show(id).members().get("widenings")).size();
            new Approval(daypass, id).awaitWidening(number, wait);
            news = daypass.show(id).and(daypass.token(id));
        }
        taken(news);
    }

    /// Opens an account for a sub-agent, inside this one; it ends with this one.
    ///
    /// @throws DaypassException as when one is opened without a parent
    public Account open(Wish wish) {
        return daypass.open(wish, Optional.of(id));
    }

    /// Says that the task is done: the account ends, and every account below it. No call is made
    /// after this. Where the server could not be told, it may be called again.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (!ended) {
                end();
                ended = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        try {
            try {
                daypass.complete(id);
            } catch (DaypassException.Unreachable e) {
                daypass.complete(id); // what had been idle was closed; saying it twice does no harm
            }
        } catch (Refused e) {
            if (e.status() != 404 && e.status() != 409) { // it has ended already
                throw e;
            }
        }
    }
}
