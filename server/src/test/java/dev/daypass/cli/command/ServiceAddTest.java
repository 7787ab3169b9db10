package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAddTest {
    private static final String REQUEST = "PUT /v1/services/flights";

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private Run.Place place = new Run.Place(Path.of("."));
    private String document = "";

    @BeforeEach
    void atHome() throws Exception {
        place =
                new Run.Place(home)
                        .with("DAYPASS_CONSOLE", console.url())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
        document = Files.writeString(home.resolve("api.yaml"), "openapi: 3.0.3\n").toString();
        console.on(
                REQUEST,
                200,
                "{\"name\":\"flights\",\"title\":\"Flight\\u001bs\",\"operations\":14,\"credential\":\"header\",\"skipped\":[{\"where\":\"GET /odd\",\"why\":\"cookies\"}]}");
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Run add(String... more) {
        var args =
                new ArrayList<>(
                        List.of(
                                "service",
                                "add",
                                "flights",
                                "--openapi",
                                document,
                                "--upstream",
                                "https://up.example"));
        args.addAll(List.of(more));
        return place.run(args.toArray(String[]::new));
    }

    private Json credential() {
        String asked = console.asked().getLast();
        return Json.parse(asked.substring(REQUEST.length() + 1)) instanceof Json.Obj(var members)
                ? members.getOrDefault("credential", new Json.Null())
                : new Json.Null();
    }

    @Test
    void what_was_imported_and_skipped_is_told_and_progress_besides() {
        Run run = add();

        assertEquals(
                """
                service `flights` is registered: Flight\\u001bs, 14 operations, credential: header
                SKIPPED   WHY
                GET /odd  cookies
                """,
                run.out());
        assertEquals(
                """
                loading %s …
                importing 15 bytes …
                """
                        .formatted(document),
                run.err());
        assertEquals(Json.object().put("kind", "none").build(), credential());
    }

    @Test
    void that_tokens_may_be_bound_to_nothing_is_passed_on_and_warned_of() {
        console.on(
                REQUEST,
                200,
                "{\"name\":\"flights\",\"title\":\"F\",\"operations\":1,\"credential\":\"none\",\"skipped\":[],\"warnings\":[\"careful\"]}");

        Run run = add("--accept-unbound");

        assertTrue(console.asked().getLast().contains("\"accept_unbound\":true"));
        assertTrue(run.err().contains("daypass: warning: careful"), run.err());
    }

    @Test
    void a_secret_comes_from_standard_input_a_file_or_a_variable() throws Exception {
        Json expected =
                Json.object()
                        .put("kind", "header")
                        .put("name", "X-Api-Key")
                        .put("value", "s3cret")
                        .build();
        Path file = Files.writeString(home.resolve("key"), "s3cret\n");
        place.input("s3cret\r\n").with("SHOP_KEY", "s3cret");
        List<String[]> ways =
                List.of(
                        new String[] {"--secret-stdin"},
                        new String[] {"--secret-file", file.toString()},
                        new String[] {"--secret-env", "SHOP_KEY"});
        for (String[] way : ways) {
            var args =
                    new ArrayList<>(
                            List.of("--credential", "header", "--header-name", "X-Api-Key"));
            args.addAll(List.of(way));

            Run run = add(args.toArray(String[]::new));

            assertEquals(expected, credential());
            assertFalse((run.out() + run.err()).contains("s3cret"));
        }
    }

    @Test
    void client_credentials_have_an_address_a_client_and_a_scope() {
        place.input("s3cret");

        add(
                "--credential",
                "client_credentials",
                "--token-url",
                "https://as.example/token",
                "--client-id",
                "me",
                "--scope",
                "read",
                "--secret-stdin");

        assertEquals(
                "{\"kind\":\"client_credentials\",\"token_url\":\"https://as.example/token\",\"client_id\":\"me\",\"scope\":\"read\",\"value\":\"s3cret\"}",
                credential().text());
    }

    @Test
    void a_credential_of_several_secrets_comes_from_one_file_or_standard_input() throws Exception {
        String yaml =
                """
                kind: aws_sigv4
                access_key_id: AKIDEXAMPLE
                value: s3cret
                session_token: s3cret-too
                region: eu-central-1
                service: s3
                """;
        Path file = Files.writeString(home.resolve("credential.yaml"), yaml);
        place.input(yaml);
        for (String where : List.of(file.toString(), "-")) {
            Run run = add("--credential-file", where);

            assertEquals(
                    "{\"kind\":\"aws_sigv4\",\"access_key_id\":\"AKIDEXAMPLE\",\"value\":\"s3cret\",\"session_token\":\"s3cret-too\",\"region\":\"eu-central-1\",\"service\":\"s3\"}",
                    credential().text());
            assertFalse((run.out() + run.err()).contains("s3cret"));
        }
        place.input("- s3cret: {");
        Run broken = add("--credential-file", "-");
        assertTrue(
                broken.err().endsWith("`-` is not a mapping of names to texts, in YAML or JSON\n"));
        assertFalse(broken.err().contains("s3cret"));
        refusedNow(
                "--credential-file holds the whole credential; give it alone",
                "--credential-file",
                "-",
                "--secret-stdin");
    }

    private void refusedNow(String why, String... args) {
        int before = console.asked().size();

        assertEquals("daypass: " + why + "; see `daypass service add --help`\n", add(args).err());
        assertEquals(before, console.asked().size());
    }

    @Test
    void the_connection_has_certificates_and_cookies_of_its_own() throws Exception {
        Path ca = Files.writeString(home.resolve("ca.pem"), "CA");
        Path cert = Files.writeString(home.resolve("cert.pem"), "CERT");
        Path key = Files.writeString(home.resolve("key.pem"), "KEY\n");

        add(
                "--upstream-ca",
                ca.toString(),
                "--client-cert",
                cert.toString(),
                "--client-key",
                key.toString(),
                "--cookies",
                "jar");

        String asked = console.asked().getLast();
        assertTrue(
                asked.contains(
                        "\"tls\":{\"ca\":\"CA\",\"certificate\":\"CERT\",\"key\":\"KEY\\n\"},\"cookies\":\"jar\""),
                asked);
        refusedNow("--client-cert and --client-key go together", "--client-cert", cert.toString());
        refusedNow("--cookies must be drop or jar", "--cookies", "crumbs");
    }

    @Test
    void options_that_do_not_go_together_are_refused() {
        refused(
                "a bearer credential needs one of --secret-file, --secret-env, --secret-stdin",
                "--credential",
                "bearer");
        refused(
                "a header credential needs --header-name",
                "--credential",
                "header",
                "--secret-stdin");
        refused(
                "--user does not go with --credential bearer",
                "--credential",
                "bearer",
                "--user",
                "me",
                "--secret-stdin");
        refused("a secret needs --credential and its kind", "--secret-stdin");
        refused(
                "a bearer credential needs one of --secret-file, --secret-env, --secret-stdin",
                "--credential",
                "bearer",
                "--secret-stdin",
                "--secret-env",
                "X");
    }

    private void refused(String why, String... args) {
        Run run = add(args);

        assertEquals("daypass: " + why + "; see `daypass service add --help`\n", run.err());
        assertEquals(ExitCode.USAGE, run.code());
        assertEquals(List.of(), console.asked());
    }

    @Test
    void a_secret_that_is_not_there_is_told() {
        place.input("\n");

        assertEquals(
                "daypass: environment variable `NO_SUCH` is not set\n",
                add("--credential", "bearer", "--secret-env", "NO_SUCH").err());
        assertEquals(
                "daypass: standard input holds no secret\n",
                add("--credential", "bearer", "--secret-stdin").err());
        assertTrue(
                add("--credential", "bearer", "--secret-file", home.resolve("no").toString())
                        .err()
                        .startsWith("daypass: there is no file `"));
    }

    @Test
    void a_document_that_is_not_there_is_told() {
        document = home.resolve("none.yaml").toString();

        Run run = add();

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().endsWith("daypass: there is no file `%s`\n".formatted(document)));
        assertEquals(List.of(), console.asked());
    }

    @Test
    void a_document_on_a_private_address_is_told_with_the_option_that_permits_it() {
        document = "http://127.0.0.1:9/openapi.yaml";

        Run run = add();

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().endsWith(" with --allow-private\n"), run.err());
        assertEquals(List.of(), console.asked());
    }
}
