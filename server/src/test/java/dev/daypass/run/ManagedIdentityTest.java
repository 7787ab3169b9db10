package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is given in place of a managed identity, to whom, and for what.
class ManagedIdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String AZURE = "/azure?api-version=2019-08-01&resource=";

    private final ManagedIdentity identity = identity(Cloud.AZURE, Cloud.AWS);
    private final Map<String, String> variables = identity.variables("http://127.0.0.1:1/secret");

    private static ManagedIdentity identity(Cloud... clouds) {
        Origins origins =
                Origins.of(
                        Map.of(
                                "keys", Json.of("https://mine.vault.azure.net"),
                                "blobs", Json.of("https://mine.blob.core.windows.net/box")));
        return new ManagedIdentity(Set.of(clouds), origins, () -> NOW);
    }

    private Head asking(String name) {
        String secret = variables.getOrDefault("IDENTITY_HEADER", "");
        return new Head("GET /x HTTP/1.1", List.of(new Head.Field(name, secret)));
    }

    private int azure(String rest) {
        return identity.answer(asking("X-IDENTITY-HEADER"), rest).status();
    }

    @Test
    void the_answer_has_the_shape_of_azure_app_service() {
        Answers.Local answer =
                identity.answer(
                        asking("X-IDENTITY-HEADER"),
                        AZURE + "https%3A%2F%2Fvault.azure.net&client_id=mine");

        assertEquals(200, answer.status());
        JsonFields fields = JsonFields.of(answer.json());
        assertEquals("https://vault.azure.net", fields.string("resource"));
        assertEquals("Bearer", fields.string("token_type"));
        assertEquals("mine", fields.string("client_id"));
        assertEquals(Long.toString(NOW.getEpochSecond() + 3_600), fields.string("expires_on"));
        assertTrue(fields.string("access_token").startsWith("daypass-run-stand-in."));
    }

    @Test
    void a_resource_is_one_of_the_accounts_services_or_there_is_no_token() {
        for (String resource :
                List.of(
                        "https://vault.azure.net",
                        "https://vault.azure.net/",
                        "https://mine.vault.azure.net",
                        "https://storage.azure.com/")) {
            assertEquals(200, azure(AZURE + resource), resource);
        }
        for (String resource :
                List.of(
                        "https://management.azure.com/",
                        "https://graph.microsoft.com",
                        "https://ine.vault.azure.net",
                        "https://other.mine.vault.azure.net",
                        "https://net",
                        "vault.azure.net",
                        "api://mine",
                        "")) {
            assertEquals(400, azure(AZURE + resource), resource);
        }
    }

    @Test
    void what_is_asked_otherwise_is_refused() {
        String good = AZURE + "https://vault.azure.net";
        for (String other :
                List.of(
                        good.replace("2019", "2017"),
                        good + "&resource=https://vault.azure.net",
                        good + "&more=1",
                        good + "&client_id=%zz",
                        "/azure")) {
            assertEquals(400, azure(other), other);
        }
        assertEquals(404, azure("/azure/" + good.substring(6)));
        assertEquals(401, identity.answer(asking("X-Other"), good).status(), "in another field");
        Head twice = asking("X-IDENTITY-HEADER").with("X-IDENTITY-HEADER", "guess");
        assertEquals(401, identity.answer(twice, good).status());
    }

    @Test
    void a_request_that_came_through_a_proxy_is_somebody_elses() {
        for (String field :
                List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")) {
            Head head = asking("X-IDENTITY-HEADER").with(field, "10.0.0.1");
            assertEquals(
                    403, identity.answer(head, AZURE + "https://vault.azure.net").status(), field);
        }
        assertEquals(
                405,
                identity.answer(
                                asking("X-IDENTITY-HEADER").starting("POST /x HTTP/1.1"),
                                AZURE + "https://vault.azure.net")
                        .status());
    }

    @Test
    void the_answer_has_the_shape_of_aws_containers_and_every_run_has_its_own() {
        JsonFields fields = JsonFields.of(identity.answer(asking("Authorization"), "/aws").json());

        assertTrue(fields.string("AccessKeyId").matches("ASIA[A-Z2-7]{16}"));
        assertEquals(40, fields.string("SecretAccessKey").length());
        assertEquals("2026-11-24T11:00:00Z", fields.string("Expiration"));
        assertNotEquals(
                variables.get("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
                identity(Cloud.AWS).variables("").get("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
        assertEquals(401, identity.answer(asking("X-IDENTITY-HEADER"), "/aws").status());
    }

    @Test
    void there_is_an_identity_of_the_cloud_that_was_asked_for_only() {
        ManagedIdentity one = identity(Cloud.AZURE);

        assertEquals(Set.of("IDENTITY_ENDPOINT", "IDENTITY_HEADER"), one.variables("").keySet());
        assertEquals(404, one.answer(asking("Authorization"), "/aws").status());
    }
}
