package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.issuer.IssuerWorld.Answer;
import dev.daypass.permission.HttpMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest {
    private static final String SERVER =
            """
            {"issuer":"https://daypass.example",\
            "authorization_endpoint":"https://daypass.example/oauth2/authorize",\
            "token_endpoint":"https://daypass.example/oauth2/token",\
            "jwks_uri":"https://daypass.example/oauth2/jwks",\
            "revocation_endpoint":"https://daypass.example/oauth2/revoke",\
            "introspection_endpoint":"https://daypass.example/oauth2/introspect",\
            "status_list_aggregation_endpoint":"https://daypass.example/oauth2/status",\
            "response_types_supported":["none"],\
            "grant_types_supported":["client_credentials","urn:ietf:params:oauth:grant-type:token-exchange","urn:openid:params:grant-type:ciba"],\
            "token_endpoint_auth_methods_supported":["tls_client_auth","private_key_jwt"],\
            "token_endpoint_auth_signing_alg_values_supported":["ES256"],\
            "revocation_endpoint_auth_methods_supported":["tls_client_auth","private_key_jwt"],\
            "revocation_endpoint_auth_signing_alg_values_supported":["ES256"],\
            "introspection_endpoint_auth_methods_supported":["tls_client_auth","private_key_jwt"],\
            "introspection_endpoint_auth_signing_alg_values_supported":["ES256"],\
            "code_challenge_methods_supported":["S256"],\
            "tls_client_certificate_bound_access_tokens":true,\
            "dpop_signing_alg_values_supported":["ES256"],\
            "authorization_details_types_supported":["agent_task"]@RESOURCES@}\
            """;

    @TempDir Path directory;
    private IssuerWorld world;

    @BeforeEach
    void world() throws IOException {
        world = IssuerWorld.in(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void the_authorization_endpoint_gives_nothing_and_leads_nowhere() {
        Answer answer = get("/oauth2/authorize");

        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("\"error\":\"unsupported_response_type\""));
        assertNull(answer.headers().get("location"));
    }

    @Test
    void the_metadata_of_the_server_is_this() {
        String expected =
                SERVER.replace(
                        "@RESOURCES@",
                        ",\"protected_resources\":[\"https://daypass.example/shop\"]");

        assertEquals(expected, get("/.well-known/oauth-authorization-server").body());
        assertEquals(expected, get("/.well-known/openid-configuration").body());
    }

    @Test
    void without_services_there_is_no_empty_list_of_them() {
        world.broker.registry().removeService(TenantId.DEFAULT, new ServiceId("shop"));

        assertEquals(
                SERVER.replace("@RESOURCES@", ""),
                get("/.well-known/oauth-authorization-server").body());
        assertEquals(404, get("/.well-known/oauth-protected-resource/shop").status());
    }

    @Test
    void the_metadata_of_a_service_is_this() {
        assertEquals(
                """
                {"resource":"https://daypass.example/shop",\
                "authorization_servers":["https://daypass.example"],\
                "jwks_uri":"https://daypass.example/oauth2/jwks",\
                "bearer_methods_supported":["header"],\
                "resource_name":"shop",\
                "tls_client_certificate_bound_access_tokens":true,\
                "dpop_signing_alg_values_supported":["ES256"],\
                "dpop_bound_access_tokens_required":false,\
                "authorization_details_types_supported":["agent_task"]}\
                """,
                get("/.well-known/oauth-protected-resource/shop").body());
    }

    @Test
    void a_service_that_is_none_has_no_metadata() {
        assertEquals(404, get("/.well-known/oauth-protected-resource/nowhere").status());
        assertEquals(404, get("/.well-known/oauth-protected-resource/No!Name").status());
    }

    @Test
    void metadata_may_be_cached_and_read_by_any_page() {
        Map<String, String> headers = get("/.well-known/oauth-authorization-server").headers();

        assertEquals("public, max-age=300", headers.get("cache-control"));
        assertEquals("*", headers.get("access-control-allow-origin"));
    }

    @Test
    void the_description_of_the_api_is_served() {
        assertEquals("openapi: 3.1.0", get("/openapi.yaml").body());
    }

    private Answer get(String path) {
        return world.send(HttpMethod.GET, path, IssuerWorld.peer(null), Map.of(), "");
    }
}
