package dev.daypass.issuer;

import dev.daypass.authority.SigningKeys;
import dev.daypass.broker.Minting;
import dev.daypass.broker.Registry;
import dev.daypass.dpop.ProofKey;
import dev.daypass.http.Body;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes.Route;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.permission.HttpMethod;
import dev.daypass.token.Claims;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What clients discover: authorization-server metadata (RFC 8414), protected-resource metadata
/// (RFC 9728), keys (RFC 7517). Public, cacheable, readable from any web page.
final class Metadata {
    private static final int CACHE_SECONDS = 300;
    private static final String MCP = "/mcp";

    private final String issuer;
    private final SigningKeys keys;
    private final Registry registry;
    private final Minting minting;

    Metadata(IssuerParts parts) {
        this.issuer = parts.issuer();
        this.keys = parts.keys();
        this.registry = parts.registry();
        this.minting = parts.minting();
    }

    List<Route> routes() {
        Endpoint server = Endpoint.direct(_ -> document(authorizationServer().text()));
        return List.of(
                Route.of(HttpMethod.GET, "/.well-known/oauth-authorization-server", server),
                Route.of(HttpMethod.GET, "/.well-known/openid-configuration", server),
                Route.of(
                        HttpMethod.GET,
                        "/.well-known/oauth-protected-resource/{service}",
                        Endpoint.direct(request -> resource(request, ""))),
                Route.of(
                        HttpMethod.GET,
                        "/.well-known/oauth-protected-resource/{service}/mcp",
                        Endpoint.direct(request -> resource(request, MCP))),
                Route.of(
                        HttpMethod.GET,
                        "/.well-known/ssf-configuration",
                        Endpoint.direct(_ -> document(transmitter().text()))),
                Route.of(
                        HttpMethod.GET,
                        "/oauth2/jwks",
                        Endpoint.direct(_ -> document(keys.jwks()))),
                Route.of(
                        HttpMethod.OPTIONS,
                        "/.well-known/oauth-authorization-server",
                        Endpoint.direct(_ -> preflight())),
                Route.of(
                        HttpMethod.OPTIONS,
                        "/.well-known/openid-configuration",
                        Endpoint.direct(_ -> preflight())),
                Route.of(HttpMethod.OPTIONS, "/oauth2/jwks", Endpoint.direct(_ -> preflight())),
                Route.of(
                        HttpMethod.OPTIONS,
                        "/.well-known/oauth-protected-resource/{service}",
                        Endpoint.direct(_ -> preflight())),
                Route.of(
                        HttpMethod.OPTIONS,
                        "/.well-known/oauth-protected-resource/{service}/mcp",
                        Endpoint.direct(_ -> preflight())));
    }

    Json.Obj authorizationServer() {
        Json.Arr authentication = Json.strings(List.of("tls_client_auth", "private_key_jwt"));
        Json.Arr es256 = Json.strings(List.of("ES256"));
        return Json.object()
                .put("issuer", issuer)
                // Official MCP clients read no metadata without it; it refuses whatever is asked.
                .put("authorization_endpoint", issuer + "/oauth2/authorize")
                .put("token_endpoint", issuer + "/oauth2/token")
                .put("jwks_uri", issuer + "/oauth2/jwks")
                .put("revocation_endpoint", issuer + "/oauth2/revoke")
                .put("introspection_endpoint", issuer + "/oauth2/introspect")
                .put("status_list_aggregation_endpoint", issuer + "/oauth2/status")
                // Nobody is asked in a browser; the member is required (RFC 8414, section 2).
                .put("response_types_supported", Json.strings(List.of("none")))
                .put(
                        "grant_types_supported",
                        Json.strings(
                                List.of(
                                        "client_credentials",
                                        TokenExchange.GRANT_TYPE,
                                        "urn:openid:params:grant-type:ciba")))
                .put("token_endpoint_auth_methods_supported", authentication)
                .put("token_endpoint_auth_signing_alg_values_supported", es256)
                .put("revocation_endpoint_auth_methods_supported", authentication)
                .put("revocation_endpoint_auth_signing_alg_values_supported", es256)
                .put("introspection_endpoint_auth_methods_supported", authentication)
                .put("introspection_endpoint_auth_signing_alg_values_supported", es256)
                .put("code_challenge_methods_supported", Json.strings(List.of("S256")))
                .put("tls_client_certificate_bound_access_tokens", true)
                .put("dpop_signing_alg_values_supported", Json.strings(ProofKey.ALGORITHMS))
                .put(
                        "authorization_details_types_supported",
                        Json.strings(List.of(Claims.DETAILS_TYPE)))
                .put("protected_resources", protectedResources())
                .build();
    }

    /// What receivers of our events know of us (Shared Signals Framework 1.0, section 7.1).
    private Json.Obj transmitter() {
        return Json.object()
                .put("spec_version", "1_0")
                .put("issuer", issuer)
                .put("jwks_uri", issuer + "/oauth2/jwks")
                // Push only (RFC 8935); operators register receivers, and each hears of all.
                .put("delivery_methods_supported", Json.strings(List.of("urn:ietf:rfc:8935")))
                .put("default_subjects", "ALL")
                .build();
    }

    private Json.@Nullable Arr protectedResources() {
        List<String> resources =
                registry.services(TenantId.DEFAULT).stream()
                        .map(service -> minting.resource(service.id()))
                        .sorted()
                        .toList();
        return resources.isEmpty()
                ? null
                : Json.strings(resources); // RFC 8414, section 3.2: no empty arrays
    }

    /// @param below the path of the resource below its service; empty, or that of an MCP server,
    ///   whose metadata must name the very address that was asked for (RFC 9728, section 3.3)
    private Response resource(Request request, String below) {
        ServiceId service;
        try {
            service = new ServiceId(request.variable("service"));
        } catch (InvalidName _) {
            return Problem.notFound("no such service").toResponse();
        }
        boolean known =
                registry.services(TenantId.DEFAULT).stream().anyMatch(s -> s.id().equals(service));
        if (!known || (below.equals(MCP) && !registry.mcp(TenantId.DEFAULT, service))) {
            return Problem.notFound("no such service").toResponse();
        }
        return document(
                Json.object()
                        .put("resource", minting.resource(service) + below)
                        .put("authorization_servers", Json.strings(List.of(issuer)))
                        .put("jwks_uri", issuer + "/oauth2/jwks")
                        .put("bearer_methods_supported", Json.strings(List.of("header")))
                        .put("resource_name", service.value())
                        .put("tls_client_certificate_bound_access_tokens", true)
                        .put("dpop_signing_alg_values_supported", Json.strings(ProofKey.ALGORITHMS))
                        // A binding is required, but that of a certificate will do.
                        .put("dpop_bound_access_tokens_required", false)
                        .put(
                                "authorization_details_types_supported",
                                Json.strings(List.of(Claims.DETAILS_TYPE)))
                        .build()
                        .text());
    }

    private static Response document(String json) {
        return new Response(
                200,
                Map.of(
                        "content-type", "application/json",
                        "cache-control", "public, max-age=" + CACHE_SECONDS,
                        "access-control-allow-origin", "*"),
                Body.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Response preflight() {
        return new Response(
                204,
                Map.of(
                        "access-control-allow-origin", "*",
                        "access-control-allow-methods", "GET",
                        "access-control-allow-headers", "authorization, mcp-protocol-version",
                        "access-control-max-age", "86400"),
                Body.of(new byte[0]));
    }
}
