package dev.daypass.cli.command;

import static dev.daypass.cli.command.ClockService.TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands against a server as it really is.
class RealServerTest {
    private static final String RULES =
            """
            rules:
              - name: an-hour-is-long
                on: [open]
                approve: "account.ttl > duration('1h')"
            """;

    @TempDir Path home;
    private Run.Place place = new Run.Place(Path.of("."));
    private final List<Server> running = new ArrayList<>();
    private final ECKey login = login();

    private static ECKey login() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("login").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void aServerWithOneServiceAndOneAgent() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("DAYPASS_DATA", home.resolve("data").toString());
        settings.put("DAYPASS_AGENTS_HOST", "127.0.0.1");
        settings.put("DAYPASS_AGENTS_PORT", "0");
        settings.put("DAYPASS_CONSOLE_PORT", "0");
        settings.put("DAYPASS_HEALTH_PORT", "0");
        settings.put("DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        place =
                new Run.Place(home)
                        .at(Clock.systemUTC())
                        .with("DAYPASS_DATA", home.resolve("data").toString());
        good("init");
        Server server = Server.start(Config.load(users(), settings), Clock.systemUTC());
        running.add(server);
        place.with("DAYPASS_SERVER", server.config().issuer())
                .with("DAYPASS_CONSOLE", "http://127.0.0.1:" + server.ports().console());
        Path document = Files.writeString(home.resolve("clock.yaml"), ClockService.DOCUMENT);
        good(
                "service",
                "add",
                "clock",
                "--openapi",
                document.toString(),
                "--upstream",
                "http://127.0.0.1:9");
        Path rules = Files.writeString(home.resolve("rules.yaml"), RULES);
        good("rules", "load", rules.toString());
        place.input(good("agent", "add", "reader").out());
        good("agent", "enrol", "--token", "-");
    }

    private Path users() throws IOException {
        Path ceiling = Files.writeString(home.resolve("staff.yaml"), "allow: [{service: clock}]\n");
        Path keys =
                Files.writeString(
                        home.resolve("jwks.json"),
                        "{\"keys\":[%s]}".formatted(login.toPublicJWK().toJSONString()));
        return Files.writeString(
                home.resolve("daypass.yaml"),
                """
                users:
                  - {issuer: https://login.example, audience: daypass, jwks_file: %s, grants: {"*": %s}}
                """
                        .formatted(keys, ceiling));
    }

    private Path userToken(String audience) throws Exception {
        var token =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("login").build(),
                        new Payload(
                                "{\"iss\":\"https://login.example\",\"sub\":\"anna\",\"aud\":\"%s\",\"exp\":%d}"
                                        .formatted(
                                                audience, Instant.now().getEpochSecond() + 3_600)));
        token.sign(new ECDSASigner(login));
        return Files.writeString(home.resolve("anna.jwt"), token.serialize() + "\n");
    }

    @Test
    void an_account_for_a_user_is_opened_with_the_token_in_a_file_and_shows_the_user()
            throws Exception {
        Path file = userToken("daypass");

        Run run = good("open", TASK, "--on-behalf-of", file.toString());

        String line = "user      anna of https://login.example";
        assertTrue(run.out().lines().anyMatch(line::equals), run.out());
        String account =
                run.out().lines().filter(l -> l.startsWith("account ")).findFirst().orElse("");
        Run shown = good("show", account.substring("account".length()).strip());
        assertTrue(shown.out().lines().anyMatch(line::equals), shown.out());
        Run listed = good("ls");
        assertTrue(listed.out().lines().anyMatch(l -> l.contains(" for anna ")), listed.out());
    }

    @Test
    void a_users_token_that_is_not_taken_is_told_without_a_word_of_it() throws Exception {
        Path file = userToken("mail");

        Run run = place.run("open", TASK, "--on-behalf-of", file.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("not meant for this server"), run.err());
        assertFalse(run.err().contains("eyJ"), run.err());
        assertEquals(
                ExitCode.FAILED,
                place.run("open", TASK, "--on-behalf-of", home.resolve("none").toString()).code());
    }

    @AfterEach
    void close() {
        running.forEach(Server::close);
    }

    private Run good(String... args) {
        Run run = place.run(args);
        assertEquals(ExitCode.OK, run.code(), run.err());
        return run;
    }

    private static String member(Run run, String name) {
        return Json.parse(run.out().strip()) instanceof Json.Obj(var members)
                        && members.get(name) instanceof Json.Str(var text)
                ? text
                : "";
    }

    @Test
    void an_account_is_opened_used_up_and_accounted_for() throws Exception {
        List<String> lines =
                good("open", TASK, "--ttl", "10m", "--uses", "1").out().lines().toList();

        assertEquals("clock", lines.get(0));
        assertEquals("└─ time", lines.get(1));
        assertEquals("   └─ readTime  GET /time  [read]", lines.get(2));
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("clock.deleteAlarms  not asked for")));
        assertTrue(lines.contains("calls     at most 1"));
        assertTrue(lines.getLast().startsWith("eyJ"));

        String id =
                lines.stream().filter(line -> line.startsWith("account ")).findFirst().orElse("");
        good("end", id.substring("account".length()).strip());
        assertTrue(good("ls", "--state", "ended").out().contains("ended (completed)"));
        assertTrue(good("show", id.substring("account".length()).strip()).out().contains("ended"));
        assertTrue(good("ledger", "verify").out().startsWith("verified: "));
    }

    @Test
    void a_token_is_bound_to_the_public_key_in_a_file_and_a_private_one_is_not_sent()
            throws Exception {
        Path key = Files.writeString(home.resolve("dpop.jwk"), login.toPublicJWK().toJSONString());
        Run run = good("open", TASK, "--key", key.toString(), "-o", "json");
        assertEquals("DPoP", member(run, "token_type"));

        Files.writeString(key, login.toJSONString());
        Run refused = place.run("open", TASK, "--key", key.toString());
        assertEquals(ExitCode.FAILED, refused.code());
        assertTrue(refused.err().contains("private"), refused.err());
    }

    @Test
    void a_token_in_a_file_is_for_its_owner_alone_and_printed_nowhere() throws Exception {
        Path file = home.resolve("token");

        Run text = good("open", TASK, "--token-file", file.toString());
        Run json = good("open", TASK, "--token-file", file.toString(), "-o", "json");

        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).startsWith("eyJ"));
        assertFalse((text.out() + json.out()).contains("eyJ"));
        assertEquals("active", member(json, "state"));
    }

    @Test
    void a_long_account_waits_for_a_human() {
        Run run = place.run("open", TASK, "--ttl", "2h");

        assertEquals(ExitCode.WAITING, run.code());
        assertTrue(run.out().contains("rule `an-hour-is-long` asks for approval by operator"));
        assertTrue(run.out().contains(": daypass approve acc_"));
        assertFalse(run.out().contains("eyJ"));
    }

    @Test
    void whoever_waits_gets_the_token_once_a_human_has_approved() {
        place.pausing(_ -> good("approve", waitingAccount()));

        Run run = good("open", TASK, "--ttl", "2h", "--wait");

        assertTrue(run.out().lines().toList().getLast().startsWith("eyJ"));
        assertTrue(run.out().contains("state     active"));
    }

    @Test
    void whoever_waits_is_told_when_a_human_has_refused() {
        place.pausing(_ -> good("deny", waitingAccount()));

        Run run = place.run("open", TASK, "--ttl", "2h", "--wait");

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("ended (denied); open another"));
    }

    private String waitingAccount() {
        return good("ls", "--state", "awaiting_approval")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElse("")
                .replaceFirst(" .*", "");
    }

    @Test
    void a_task_that_justifies_nothing_is_refused_with_what_was_left_out() {
        Run run = place.run("open", "sing a song");

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("clock.deleteAlarms"));
        assertTrue(run.err().lines().toList().getLast().startsWith("daypass: Nothing to grant: "));
        assertEquals("", run.out());
    }

    @Test
    void an_enrolment_token_is_good_once() {
        String token = good("agent", "add", "second").out();
        String identity = home.resolve("second").toString();
        place.input(token);
        good("agent", "enrol", "--token", "-", "--identity", identity);

        Run again = place.run("agent", "enrol", "--token", "-", "--identity", identity, "--force");

        assertEquals(ExitCode.FAILED, again.code());
        assertEquals(1, again.err().lines().count());
        assertFalse(again.err().contains(token.strip()));
        assertTrue(
                again.err()
                        .endsWith(
                                "— ask an operator for a new enrolment token: daypass agent add NAME\n"),
                again.err());
    }

    @Test
    void a_certificate_is_renewed_and_the_agent_goes_on() {
        good("agent", "renew");

        good("open", TASK);
        assertTrue(good("agent", "ls").out().contains("reader  yes"));
    }

    @Test
    void an_explanation_opens_nothing() {
        assertTrue(good("explain", TASK, "--agent", "reader").out().contains("readTime"));

        assertEquals("no accounts\n", good("ls").out());
    }

    @Test
    void an_export_of_the_servers_ledger_verifies_offline() {
        good("open", TASK);
        String file = home.resolve("export.jsonl").toString();
        good("ledger", "export", "-f", file);
        String head = good("ledger", "verify").out();
        running.forEach(Server::close);
        running.clear();

        assertEquals(head, good("ledger", "verify", file).out());
    }

    @Test
    void a_stranger_with_another_operators_token_is_refused() {
        place.with("DAYPASS_OPERATOR_TOKEN", "dpo_wrong");

        Run run = place.run("revoke", "--all");

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().startsWith("daypass: Not an operator: "));
        assertFalse(run.err().contains("dpo_wrong"));
        assertTrue(run.err().endsWith("DAYPASS_OPERATOR_TOKEN holds the token\n"), run.err());
    }

    @Test
    void a_token_file_that_cannot_be_written_opens_nothing() {
        Path nowhere = home.resolve("no");

        Run missing = place.run("open", TASK, "--token-file", nowhere.resolve("token").toString());
        Run directory = place.run("open", TASK, "--token-file", home.toString());

        assertEquals(
                "daypass: file `%s` cannot be written: there is no directory `%s`%n"
                        .formatted(nowhere.resolve("token"), nowhere),
                missing.err());
        assertEquals("daypass: `%s` is a directory, not a file%n".formatted(home), directory.err());
        assertEquals(ExitCode.FAILED, missing.code());
        assertEquals("no accounts\n", good("ls").out());
    }

    @Test
    void revoking_an_agent_that_is_not_there_fails() {
        good("open", TASK);

        Run mistyped = place.run("revoke", "--agent", "raeder");

        assertEquals(ExitCode.FAILED, mistyped.code());
        assertTrue(mistyped.err().contains("there is no agent `raeder`"), mistyped.err());
        assertTrue(
                good("revoke", "--agent", "reader")
                        .out()
                        .startsWith("accounts ended: 1; edges that know: 1; "));
        assertTrue(
                good("revoke", "--agent", "reader")
                        .out()
                        .startsWith("accounts ended: 0; edges that know: 1; "));
    }

    @Test
    void the_agents_listener_is_not_taken_for_the_console() {
        int agents = running.getFirst().ports().agents();
        int health = running.getFirst().ports().health();

        Run tls = place.run("ls", "--console", "https://127.0.0.1:" + agents);
        Run clear = place.run("ls", "--console", "http://127.0.0.1:" + agents);
        Run metrics = place.run("ls", "--console", "http://127.0.0.1:" + health);

        assertTrue(tls.err().contains("is not the operator API: it answered 405"), tls.err());
        assertTrue(
                metrics.err().contains("is not the operator API: it answered 404"), metrics.err());
        assertTrue(clear.err().contains("closed the connection without an answer"), clear.err());
        assertEquals(ExitCode.UNREACHABLE, clear.code());
        for (Run run : List.of(tls, clear, metrics)) {
            assertEquals(1, run.err().lines().count());
        }
    }

    @Test
    void a_listener_without_tls_is_told_as_that() {
        String url = "https://127.0.0.1:" + running.getFirst().ports().console();

        Run run = place.run("ls", "--console", url);

        assertTrue(
                run.err()
                        .startsWith(
                                "daypass: cannot reach %s/: what listens there does not speak tls; "
                                        .formatted(url)),
                run.err());
        assertEquals(ExitCode.UNREACHABLE, run.code());
    }
}
