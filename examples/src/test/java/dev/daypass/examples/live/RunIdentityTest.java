package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.interop.NodeClients;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The clouds' own clients under `daypass run --managed-identity`, unchanged: they find a managed
/// identity, and what they get of it is worth nothing anywhere else.
class RunIdentityTest extends WithRuns {
    private static Path packages;

    @BeforeAll
    static void install() throws IOException {
        packages = NodeClients.installed("node-identity").directory();
    }

    private static String node(String arguments) {
        return "node %s %s".formatted(packages.resolve("identity.mjs"), arguments);
    }

    @Test
    void azures_client_finds_an_identity_and_its_call_carries_the_real_key() {
        RunProcess process = run(node("azure " + upstream.url()), LONG, "--managed-identity=azure");

        JsonFields said = JsonFields.of(Json.parse(process.line()));
        assertEquals("fine", said.string("body"), process.said());
        assertEquals(0, process.status());
        assertEquals("Bearer " + Lab.KEY, calls().getFirst().field("authorization"));
        assertFalse(calls().toString().contains(said.string("token")));
        assertTrue(
                process.said()
                        .contains("good in this run only: IDENTITY_ENDPOINT, IDENTITY_HEADER"),
                process.said());
    }

    @Test
    void an_identity_for_what_the_account_does_not_hold_is_not_to_be_had() {
        RunProcess process =
                run(node("azure https://vault.azure.net"), LONG, "--managed-identity=azure");

        assertTrue(
                JsonFields.of(Json.parse(process.line())).string("failed").endsWith("Error"),
                process.said());
        assertEquals(0, process.status());
        assertTrue(calls().isEmpty());
    }

    @Test
    void awss_client_signs_with_a_stand_in_and_the_edge_with_the_key() throws IOException {
        Json.Obj known =
                Json.object()
                        .put("id", "AKIDEXAMPLE")
                        .put("secret", "a-secret-access-key")
                        .put("session", "")
                        .put("region", "eu-central-1")
                        .put("service", "s3")
                        .build();
        Json credential =
                Json.object()
                        .put("kind", "aws_sigv4")
                        .put("access_key_id", "AKIDEXAMPLE")
                        .put("value", "a-secret-access-key")
                        .put("region", "eu-central-1")
                        .put("service", "s3")
                        .build();
        Path verifying = NodeClients.installed("node").directory();
        try (NodeServer verifier = NodeServer.start(verifying, "verifier.mjs", known.text())) {
            here.register("store", Lab.OPENAPI, verifier.url(), credential);

            RunProcess process =
                    run(
                            node("aws"),
                            LONG,
                            "--service=store",
                            "--managed-identity=aws",
                            "--map=AWS_ENDPOINT_URL_S3=store");

            JsonFields said = JsonFields.of(Json.parse(process.line()));
            assertEquals("good", said.string("body"), process.said());
            assertTrue(said.string("accessKeyId").startsWith("ASIA"), "a stand-in");
            assertEquals(0, process.status());
        }
    }

    @Test
    void who_does_not_show_what_the_run_gave_gets_no_identity() {
        String ask = "curl -s -o /dev/null -w '%{http_code}\\n' ";
        String azure =
                "\"$IDENTITY_ENDPOINT?api-version=2019-08-01&resource=" + upstream.url() + "\"";
        String header = "-H \"X-IDENTITY-HEADER: $IDENTITY_HEADER\" ";
        String token = "-H \"Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN\" ";

        RunProcess process =
                run(
                        String.join(
                                "; ",
                                ask + header + azure,
                                ask + azure,
                                ask + "-H 'X-IDENTITY-HEADER: guess' " + azure,
                                ask + header + "-X POST " + azure,
                                ask + header + "-H 'X-Forwarded-For: 10.0.0.1' " + azure,
                                ask + header + "-H 'Host: metadata.azure.internal' " + azure,
                                ask + token + "\"$AWS_CONTAINER_CREDENTIALS_FULL_URI\"",
                                ask + "\"$AWS_CONTAINER_CREDENTIALS_FULL_URI\"",
                                ask
                                        + token
                                        + "\"${AWS_CONTAINER_CREDENTIALS_FULL_URI%%/aws}/gcp\""),
                        LONG,
                        "--managed-identity=azure,aws");

        for (String status : "200 401 401 405 403 403 200 401 404".split(" ")) {
            assertEquals(status, process.line(), process.said());
        }
        assertEquals(0, process.status());
        assertTrue(calls().isEmpty());
    }

    @Test
    void nobody_gets_an_identity_who_did_not_ask_for_one() {
        RunProcess process =
                run(
                        "env | grep -c '^IDENTITY_\\|^AWS_CONTAINER_'; curl -s -o /dev/null -w '%{http_code}\\n' \"$DAYPASS_URL/.identity/azure\"",
                        LONG);

        assertEquals("0", process.line());
        assertEquals("404", process.line());
        process.status();
    }
}
