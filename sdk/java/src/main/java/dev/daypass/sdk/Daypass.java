package dev.daypass.sdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A connection to the server that the agent enrolled at. Safe to share between threads.
///
/// ```java
/// try (var daypass = Daypass.connect();
///         var account = daypass.open("find the cheapest flight from New York to London")) {
///     System.out.println(account.http("flights").get("/offers?from=NYC&to=LON").body());
/// }
/// ```
public final class Daypass implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private final Identity identity;
    private final HttpClient http;

    private Daypass(Identity identity) {
        this.identity = identity;
        var builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_MAX)
                        .followRedirects(HttpClient.Redirect.NEVER);
        identity.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /// Connects with the identity in `~/.daypass/identity`; under `daypass run` to the run, with no
    /// key at all.
    ///
    /// @throws DaypassException.NoIdentity if there is none
    public static Daypass connect() {
        Optional<Identity> run =
                Identity.ofRun(Optional.ofNullable(System.getenv("DAYPASS_URL")).orElse(""));
        if (run.isPresent()) {
            return new Daypass(run.get());
        }
        return connect(Path.of(System.getProperty("user.home"), ".daypass", "identity"));
    }

    /// @param identity directory of what `daypass agent enrol` wrote
    /// @throws DaypassException.NoIdentity if it cannot be used
    public static Daypass connect(Path identity) {
        return new Daypass(Identity.read(identity));
    }

    /// Connects as this agent, to servers of its own authority only: for libraries that send
    /// requests themselves. Under `daypass run`, where no certificate is needed, the platform's
    /// own.
    public SSLContext tls() {
        return identity.tls()
                .orElseGet(() -> {
                    try {
                        return SSLContext.getDefault();
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException("every Java has TLS", e);
                    }
                });
    }

    /// Opens an account for a task.
    ///
    /// @throws DaypassException if it is refused, not approved, or the server does not answer
    public Account open(String task) {
        return open(Wish.of(task));
    }

    /// Opens an account for a task and a time.
    ///
    /// @param ttl whole seconds count
    /// @throws DaypassException if it is refused, not approved, or the server does not answer
    public Account open(String task, Duration ttl) {
        return open(Wish.of(task).ttl(ttl));
    }

    /// Opens an account, and waits for a human where one must agree first.
    ///
    /// @throws DaypassException if it is refused, not approved, or the server does not answer
    public Account open(Wish wish) {
        return open(wish, Optional.empty());
    }

    /// Opens an account below that of another agent, which named this one as its delegate.
    ///
    /// @param parent id of the other's account
    /// @throws DaypassException if it is refused, not approved, or the server does not answer
    public Account openBelow(String parent, Wish wish) {
        return open(wish, Optional.of(parent));
    }

    Account open(Wish wish, Optional<String> parent) {
        Told told = ask("POST", "/v1/accounts", wish.body(parent));
        if (!told.waits()) {
            return new Account(this, told);
        }
        try {
            wish.waiting().accept(told.members());
            new Approval(this, told.id()).await(wish.patience());
            return new Account(this, show(told.id()).and(token(told.id())));
        } catch (RuntimeException e) {
            abandon(told.id(), e);
            throw e;
        }
    }

    private void abandon(String account, RuntimeException because) {
        try {
            complete(account);
        } catch (DaypassException e) {
            because.addSuppressed(e); // it ends at its deadline
        }
    }

    Told show(String account) {
        return ask("GET", "/v1/accounts/" + account, "");
    }

    Told token(String account) {
        return ask("POST", "/v1/accounts/" + account + "/token", "");
    }

    void complete(String account) {
        ask("POST", "/v1/accounts/" + account + "/complete", "");
    }

    Told ask(String method, String path, String body) {
        HttpRequest.Builder request = request(path).timeout(ANSWER_MAX);
        if (!body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> answer = send(request.build(), BodyHandlers.ofString());
        refusal(answer)
                .ifPresent(refused -> {
                    throw refused;
                });
        if (answer.statusCode() / 100 != 2) {
            throw new DaypassException(
                    "the server answered %d, which is not of its API"
                            .formatted(answer.statusCode()));
        }
        return Json.object(answer.body())
                .map(Told::new)
                .orElseThrow(() -> new DaypassException("the server's answer is not of its API"));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(identity.server() + path));
    }

    /// The refusal that an answer with text is.
    static Optional<Refused> refusal(HttpResponse<String> answer) {
        return Refused.of(
                answer.statusCode(),
                answer.headers().firstValue("content-type").orElse(""),
                answer.headers().firstValue("retry-after").orElse(""),
                answer.body());
    }

    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw new DaypassException.Unreachable(
                    "%s does not answer: %s".formatted(request.uri().getAuthority(), reason(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DaypassException("interrupted while waiting for an answer", e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /// Closes the connections. Accounts that are open stay open.
    @Override
    public void close() {
        http.shutdownNow();
    }

    /// What the server says of an account.
    ///
    /// @param members of its JSON
    record Told(Map<String, Object> members) {
        String id() {
            return text("id")
                    .orElseThrow(
                            () -> new DaypassException("the server's answer names no account"));
        }

        boolean waits() {
            return state().equals("awaiting_approval");
        }

        String state() {
            return text("state").orElse("");
        }

        Optional<String> text(String member) {
            return members.get(member) instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        }

        long number(String member) {
            return members.get(member) instanceof Long number ? number : 0;
        }

        /// What was said later counts for more.
        Told and(Told later) {
            var both = new LinkedHashMap<>(members);
            both.putAll(later.members());
            return new Told(both);
        }
    }
}
