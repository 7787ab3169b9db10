package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said without a server: one line on standard error, and the exit status.
class UsageErrorTest {
    private static final String ID = "acc_01M86AMSY541SF1PJ9S3EV1QNP";

    @TempDir Path home;
    private Run.Place place = new Run.Place(Path.of("."));

    @BeforeEach
    void atHome() {
        place =
                new Run.Place(home)
                        .with("DAYPASS_DATA", home.resolve("data").toString())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
    }

    private void refused(String line, String... args) {
        Run run = place.run(args);

        assertEquals(line + "\n", run.err());
        assertEquals("", run.out());
        assertEquals(ExitCode.USAGE, run.code());
    }

    @Test
    void an_unknown_command_is_told_with_the_nearest_one() {
        refused(
                "daypass: `aprove` is not known here; did you mean approve?; see `daypass --help`",
                "aprove",
                ID);
    }

    @Test
    void a_missing_argument_is_named() {
        refused(
                "daypass: missing required parameter: 'NAME'; see `daypass agent add --help`",
                "agent",
                "add");
        refused(
                "daypass: missing required argument (specify one of these): (ID | --agent=NAME | --service=NAME | --tenant=NAME | --all | [--user=SUBJECT --issuer=URL]); see `daypass revoke --help`",
                "revoke");
    }

    @Test
    void an_argument_of_the_wrong_shape_is_named() {
        refused(
                "daypass: invalid value for positional parameter at index 0 (ID): not an account id; expected acc_ and 26 characters; see `daypass show --help`",
                "show",
                "../v1/agents");
        refused(
                "daypass: invalid value for option '--ttl': `10 years` is not a duration; expected for example 90s, 10m, 2h, 1h30m; see `daypass open --help`",
                "open",
                "task",
                "--ttl",
                "10 years");
    }

    @Test
    void two_ways_to_say_whose_accounts_are_one_too_many() {
        Run run = place.run("revoke", "--all", "--agent", "buybot");

        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("mutually exclusive"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void a_secret_given_as_an_argument_is_refused_and_not_repeated() {
        Run run =
                place.run(
                        "service",
                        "add",
                        "x",
                        "--openapi",
                        "a",
                        "--upstream",
                        "b",
                        "--secret",
                        "hunter2");

        assertEquals(ExitCode.USAGE, run.code());
        assertFalse(run.err().contains("hunter2"));
        assertTrue(run.err().contains("--secret-stdin"));
    }

    @Test
    void a_value_after_an_unknown_option_is_not_repeated() {
        Run run = place.run("ls", "--passwrd=hunter2", "hunter3");

        assertEquals(ExitCode.USAGE, run.code());
        assertFalse(run.err().contains("hunter"));
        assertTrue(run.err().startsWith("daypass: `--passwrd` is not known here"));
    }

    @Test
    void a_group_alone_tells_what_it_holds() {
        Run run = place.run("ledger");

        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("verify"));
        assertEquals("", run.out());
    }

    @Test
    void help_goes_to_standard_output() {
        Run run = place.run("--help");

        assertEquals(ExitCode.OK, run.code());
        assertTrue(run.out().contains("open an account for a task"));
        assertTrue(run.out().contains("3 waiting for a human"));
        assertEquals("", run.err());
    }

    @Test
    void hidden_options_are_not_in_the_help() {
        assertFalse(place.run("serve", "--help").out().contains("print-ports"));
    }

    @Test
    void nobody_there_is_status_4() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        place.with("DAYPASS_CONSOLE", "http://127.0.0.1:" + port);

        Run run = place.run("ls");

        assertEquals(
                "daypass: cannot reach http://127.0.0.1:%d/: connection refused; is `daypass serve` running there? --server and --console name another place%n"
                        .formatted(port),
                run.err());
        assertEquals(ExitCode.UNREACHABLE, run.code());
    }

    @Test
    void the_operators_token_does_not_travel_in_the_clear() {
        Run run = place.run("ls", "--console", "http://console.example:8080");

        assertEquals(
                "daypass: the operator's token is not sent to `http://console.example:8080` in the clear; use https\n",
                run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void what_is_no_address_is_refused_without_the_password_in_it() {
        Run run = place.run("ls", "--console", "ftp://me:hunter2@host");

        assertEquals(ExitCode.FAILED, run.code());
        assertFalse(run.err().contains("hunter2"));
    }

    @Test
    void without_an_identity_an_agent_is_told_to_enrol() {
        Path identity = home.resolve(".daypass").resolve("identity");

        Run run = place.run("open", "read the time");

        assertEquals(
                "daypass: no agent identity in `%s`; run `daypass agent enrol`%n"
                        .formatted(identity),
                run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void an_identity_that_is_there_is_not_overwritten() throws Exception {
        Path identity = Files.createDirectory(home.resolve("id"));
        Files.writeString(identity.resolve("key.pem"), "mine");

        Run run =
                place.run("agent", "enrol", "--token", "a.b.c", "--identity", identity.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("--force replaces it"));
        assertEquals("mine", Files.readString(identity.resolve("key.pem")));
    }

    @Test
    void a_stack_trace_comes_only_when_asked_for() {
        Run quiet = place.run("ls", "--console", "nowhere");
        Run loud = place.run("ls", "--console", "nowhere", "--debug");

        assertEquals(1, quiet.err().lines().count());
        assertTrue(loud.err().contains("\tat dev.daypass.cli.command."));
    }

    @Test
    void the_version_is_told_as_text_and_as_json() {
        assertTrue(place.run("version").out().startsWith("daypass "));
        assertTrue(place.run("version", "-o", "json").out().startsWith("{\"version\":"));
    }

    @Test
    void a_word_that_resembles_nothing_is_not_guessed_at() {
        refused("daypass: `bogus` is not known here; see `daypass --help`", "bogus");
        refused(
                "daypass: `set` is not known here; known: test, load, ls; see `daypass rules --help`",
                "rules",
                "set");
    }

    @Test
    void a_task_without_quotes_is_told_to_take_them() {
        refused(
                "daypass: `the` is not known here; put the task in quotes; see `daypass open --help`",
                "open",
                "read",
                "the",
                "time");
    }

    @Test
    void a_value_outside_what_is_permitted_is_told_with_what_is() {
        refused(
                "daypass: invalid value for option '--state': `bogus` is not known; permitted: awaiting_approval, active, ended; see `daypass ls --help`",
                "ls",
                "--state",
                "bogus");
        refused(
                "daypass: invalid value for option '--output': `yaml` is not known; permitted: text, json; see `daypass ls --help`",
                "ls",
                "-o",
                "yaml");
        refused(
                "daypass: invalid value for option '--uses': `two` is not a whole number of at most 18 digits; see `daypass open --help`",
                "open",
                "task",
                "--uses",
                "two");
        for (String limit : new String[] {"0", "1001", "-1"}) {
            refused(
                    "daypass: `--limit` is %s; expected 1 to 1000; see `daypass ls --help`"
                            .formatted(limit),
                    "ls",
                    "--limit",
                    limit);
        }
        refused(
                "daypass: value for option '--default-task' (SERVICE=TEXT) should be in KEY=VALUE format but was flights; see `daypass agent add --help`",
                "agent",
                "add",
                "buybot",
                "--default-task",
                "flights");
    }

    @Test
    void an_enrolment_token_does_not_travel_in_the_clear() {
        Run run =
                place.run(
                        "agent", "enrol", "--token", "a.b.c", "--server", "http://localhost:8443");

        assertEquals(
                "daypass: the agent API speaks tls only, and nothing is sent to `http://localhost:8443` in the clear; use https\n",
                run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void a_directory_is_no_file() {
        Run run = place.run("rules", "test", home.toString());

        assertEquals(
                "daypass: file `%s` cannot be read: is a directory%n".formatted(home), run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void what_cannot_be_printed_is_no_success() {
        var err = new ByteArrayOutputStream();
        var full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left on device");
                    }
                };
        var shell =
                new Shell(
                        new PrintStream(full, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InputStream.nullInputStream(),
                        Map.of(),
                        home,
                        InstantSource.fixed(Run.NOW),
                        _ -> {});

        int code = Commands.run(shell, "version");

        assertEquals(ExitCode.FAILED, code);
        assertEquals(
                "daypass: standard output cannot be written; what was asked for was done\n",
                err.toString(StandardCharsets.UTF_8));
    }
}
