package dev.daypass.issuer;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.authority.SigningKeys;
import dev.daypass.broker.Broker;
import dev.daypass.broker.Endings;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.dpop.Proofs;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Form;
import dev.daypass.http.MalformedForm;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.store.StoredAccount;
import dev.daypass.token.Claims;
import dev.daypass.token.TokenSignatures.Signed;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The OAuth endpoints: token (RFC 6749), revocation (RFC 7009), introspection (RFC 7662), and one
/// for authorization that gives none.
final class OAuthApi {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String issuer;
    private final Clients clients;
    private final Broker broker;
    private final Endings endings;
    private final SigningKeys keys;
    private final TokenEndpoint tokens;
    private final ShownKeys shownKeys;
    private final InstantSource clock;
    private final Executor waiting;

    OAuthApi(IssuerParts parts, Clients clients) {
        this.issuer = parts.issuer();
        this.clients = clients;
        this.broker = parts.broker();
        this.endings = parts.endings();
        this.keys = parts.keys();
        this.tokens = new TokenEndpoint(parts);
        this.shownKeys = new ShownKeys(parts.proofs(), parts.issuer());
        this.clock = parts.clock();
        this.waiting = parts.waiting();
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                        HttpMethod.GET,
                        "/oauth2/authorize",
                        Endpoint.direct(_ -> noAuthorization())),
                Route.of(HttpMethod.POST, "/oauth2/token", authenticated(this::token)),
                Route.of(
                        HttpMethod.POST,
                        "/oauth2/revoke",
                        authenticated((_, client, form) -> revoke(client.claimant(), form))),
                Route.of(
                        HttpMethod.POST,
                        "/oauth2/introspect",
                        authenticated((_, client, form) -> introspect(client.claimant(), form))));
    }

    /// Never a redirect: no redirect address is registered (RFC 6749, section 4.1.2.1).
    private static Response noAuthorization() {
        return OAuthErrors.of(
                400,
                "unsupported_response_type",
                "nobody is asked for consent here: an agent gets its token from /oauth2/token with grant_type=client_credentials");
    }

    @FunctionalInterface
    private interface OfClient {
        CompletionStage<Response> answer(
                Request request, Clients.Authentication.Proved client, Form form);
    }

    private CompletionStage<Response> token(
            Request request, Clients.Authentication.Proved client, Form form) {
        return switch (shownKeys.of(request, client.claimant(), client.certificate())) {
            case ShownKeys.Shown.Good(var binding, var renewed) ->
                    tokens.answer(client.claimant(), binding, form)
                            .thenApply(response ->
                                    renewed == null
                                            ? response
                                            : response.with(Proofs.NONCE_FIELD, renewed));
            case ShownKeys.Shown.Refused(var why) ->
                    now(OAuthErrors.of(400, "invalid_dpop_proof", why));
            case ShownKeys.Shown.NonceWanted(var why, var nonce) ->
                    now(OAuthErrors.of(400, "use_dpop_nonce", why).with(Proofs.NONCE_FIELD, nonce));
            case ShownKeys.Shown.NoRoom() ->
                    now(
                            OAuthErrors.of(
                                            503,
                                            "temporarily_unavailable",
                                            "the proof cannot be remembered now")
                                    .with("retry-after", "1"));
        };
    }

    private Endpoint authenticated(OfClient then) {
        return request -> {
            Form form;
            try {
                form = form(request);
            } catch (MalformedForm e) {
                return now(OAuthErrors.invalidRequest(String.valueOf(e.getMessage())));
            }
            return switch (clients.byForm(request, form)) {
                case Clients.Authentication.Proved client -> then.answer(request, client, form);
                case Clients.Authentication.Unknown(var why) -> now(unknown(request, why));
                case Clients.Authentication.Malformed(var why) ->
                        now(OAuthErrors.invalidRequest(why));
            };
        };
    }

    private static Form form(Request request) {
        String type = request.header("content-type");
        if (type == null || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM)) {
            throw new MalformedForm("content-type must be " + FORM);
        }
        if (!request.query().isEmpty()) {
            throw new MalformedForm("parameters belong in the body");
        }
        return Form.parse(request.body().text());
    }

    private static Response unknown(Request request, String why) {
        String authorization = request.header("authorization");
        Response response = OAuthErrors.invalidClient(why);
        // RFC 6749, section 5.2: who tried a scheme is answered with it.
        return authorization == null
                ? response
                : response.with(
                        "www-authenticate",
                        authorization.regionMatches(true, 0, "basic", 0, 5)
                                ? "Basic realm=\"daypass\""
                                : "Bearer");
    }

    private CompletionStage<Response> revoke(Claimant claimant, Form form) {
        String token = form.get("token");
        if (token == null) {
            return now(OAuthErrors.invalidRequest("token is missing"));
        }
        Claims claims = claims(token);
        if (claims == null) {
            return now(
                    Response.empty(
                            200)); // RFC 7009, section 2.2: what is no token is revoked already
        }
        if (!claims.agent().equals(claimant.agent())) {
            return now(OAuthErrors.of(400, "unauthorized_client", "the token is another client's"));
        }
        return endings.end(claimant.tenant(), claims.account(), EndReason.REVOKED, claimant.agent())
                .thenApply(ending ->
                        ending.refused() != null
                                        && ending.refused().kind()
                                                == dev.daypass.broker.Refusal.Kind.UNAVAILABLE
                                ? OAuthErrors.of(ending.refused())
                                : Response.empty(200));
    }

    private CompletionStage<Response> introspect(Claimant claimant, Form form) {
        String token = form.get("token");
        if (token == null) {
            return now(OAuthErrors.invalidRequest("token is missing"));
        }
        Claims claims = claims(token);
        Instant now = clock.instant();
        if (claims == null
                || !claims.agent().equals(claimant.agent())
                || !now.isBefore(claims.expiresAt())) {
            return now(inactive());
        }
        return CompletableFuture.supplyAsync(
                () ->
                        broker.find(claimant.tenant(), claimant.agent(), claims.account())
                                .filter(account -> account.state() == AccountState.ACTIVE)
                                .map(account -> Response.json(200, active(claims, account)))
                                .orElseGet(OAuthApi::inactive),
                waiting);
    }

    private static Response inactive() {
        return Response.json(200, Json.object().put("active", false).build());
    }

    private static Json.Obj active(Claims claims, StoredAccount account) {
        Grant grant = claims.grant();
        Json details =
                grant != null
                        ? Claims.details(grant)
                        : Broker.details(account).map(a -> Claims.details(a.grant())).orElse(null);
        return Json.object()
                .put("active", true)
                .put("client_id", claims.agent().value())
                .put("sub", claims.account().value())
                .put("iss", claims.issuer())
                .put("aud", Json.strings(claims.audience()))
                .put("iat", claims.issuedAt().getEpochSecond())
                .put("exp", claims.expiresAt().getEpochSecond())
                .put("jti", claims.id())
                .put("token_type", Claims.tokenType(claims.binding()))
                .put("cnf", cnf(claims))
                .put("task_id", claims.taskId())
                .put("obo", claims.user() == null ? null : Claims.onBehalf(claims.user()))
                .put("act", claims.act())
                .put("authorization_details", details)
                .build();
    }

    private static Json.@Nullable Obj cnf(Claims claims) {
        return claims.binding() == null ? null : Claims.confirmation(claims.binding());
    }

    private @Nullable Claims claims(String token) {
        return switch (Signatures.of(keys).verify(token)) {
            case Signed.Invalid _ -> null;
            case Signed.Valid(var payload) -> {
                try {
                    Claims claims = Claims.parse(payload);
                    yield claims.issuer().equals(issuer) ? claims : null;
                } catch (WireException _) {
                    yield null;
                }
            }
        };
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedStage(response);
    }
}
