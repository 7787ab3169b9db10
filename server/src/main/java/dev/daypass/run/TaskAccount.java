package dev.daypass.run;

import dev.daypass.identity.AccountId;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The account of one run: what its calls need, and nobody but this process has. Thread-safe.
public final class TaskAccount {
    /// Servers take a nonce for a minute at least (decision 0036).
    private static final long NONCE_NANOS = 45_000_000_000L;

    private final AccountId id;
    private final Json.Obj told;
    private final Map<String, URI> endpoints;
    private final TaskKey key;
    private final InstantSource clock;
    private volatile Held held;
    private volatile @Nullable String nonce;
    private volatile long heardNanos;

    private TaskAccount(
            AccountId id,
            Json.Obj told,
            Map<String, URI> endpoints,
            TaskKey key,
            Secret token,
            InstantSource clock) {
        this.id = id;
        this.told = told;
        this.endpoints = Map.copyOf(endpoints);
        this.key = key;
        this.clock = clock;
        this.held = new Held(token, ServerClock.of(token, clock));
    }

    /// @param opened the answer to its opening, or to a look at it with a token put in
    /// @throws WireException if it is no active account with a token
    public static TaskAccount of(Json.Obj opened, TaskKey key, InstantSource clock) {
        JsonFields fields = JsonFields.of(opened);
        var endpoints = new TreeMap<String, URI>();
        if (opened.members().get("endpoints") instanceof Json.Obj(var services)) {
            services.forEach((service, url) -> endpoints.put(service, endpoint(url)));
        }
        return new TaskAccount(
                new AccountId(fields.string("id")),
                opened,
                endpoints,
                key,
                Secret.of(fields.string("access_token")),
                clock);
    }

    private static URI endpoint(Json url) {
        if (url instanceof Json.Str(var text) && text.startsWith("https://")) {
            return URI.create(text);
        }
        throw new WireException("`endpoints` names something that is not https");
    }

    /// An account below this one, with the same key.
    ///
    /// @param opened what was told of it, with a token
    /// @throws WireException if it is no active account with a token
    TaskAccount below(Json.Obj opened) {
        return of(opened, key, clock);
    }

    /// The public half of the key that its token is bound to.
    Json.Obj jwk() {
        return key.jwk();
    }

    public AccountId id() {
        return id;
    }

    /// Services of which it holds something.
    public Set<String> services() {
        return endpoints.keySet();
    }

    /// By service.
    Map<String, URI> endpoints() {
        return new TreeMap<>(endpoints);
    }

    /// What was told when it opened, without the token.
    Json.Obj told() {
        var members = new TreeMap<>(told.members());
        members.keySet().removeIf(name -> name.startsWith("access_token"));
        return Json.obj(members);
    }

    Instant now() {
        return clock.instant();
    }

    void renewed(Secret newer) {
        held = new Held(newer, ServerClock.of(newer, clock));
    }

    /// @param token the newest
    /// @param at the server's time
    private record Held(Secret token, InstantSource at) {}

    void heard(@Nullable String newer) {
        if (newer != null) {
            nonce = newer;
            heardNanos = System.nanoTime();
        }
    }

    /// How long its first token lives; `null` where that was not told.
    @Nullable Long tokenSeconds() {
        return told.members().get("expires_in") instanceof Json.Num(var seconds)
                ? seconds.longValue()
                : null;
    }

    /// Whether the nonce will be good for a while.
    boolean nonceIsFresh() {
        return nonce != null && System.nanoTime() - heardNanos < NONCE_NANOS;
    }

    /// A request that an edge answers with a nonce.
    Head withoutNonce(Head request, String method, String url) {
        return authorized(request, method, url, null);
    }

    /// A request to an edge with the account's token and a fresh proof.
    ///
    /// @param url of the request, without query
    Head authorized(Head request, String method, String url) {
        return authorized(request, method, url, nonce);
    }

    private Head authorized(Head request, String method, String url, @Nullable String nonceToShow) {
        Held now = held;
        String revealed = now.token().reveal();
        String proof =
                key.proof(
                        ProvedRequest.with(revealed, method, url), nonceToShow, now.at().instant());
        return request.with("Authorization", "DPoP " + revealed).with("DPoP", proof);
    }
}
