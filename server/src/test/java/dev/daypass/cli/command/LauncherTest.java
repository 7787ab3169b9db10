package dev.daypass.cli.command;

import static dev.daypass.cli.command.ClockService.TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The `daypass` script as it is, with a server as it is. In the place of a JDK there is a script
/// that says which command would have got a process of its own.
class LauncherTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", "."), "..", "daypass").normalize();
    private static final int OWN_PROCESS = 42;
    private static final String JAVA =
            """
            #!/usr/bin/env bash
            while [ "$1" != dev.daypass.cli.Main ]; do shift; done
            shift
            printf '<%s>' "$@"
            exit 42
            """;

    @TempDir static Path home = Path.of(".");
    private static Server server;
    private static Run.Place place = new Run.Place(Path.of("."));
    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void aServerWithOneServiceAndOneAgent() throws IOException {
        Path data = home.resolve("data");
        place = new Run.Place(home).at(Clock.systemUTC()).with("DAYPASS_DATA", data.toString());
        good("init");
        Map<String, String> settings = new HashMap<>();
        settings.put("DAYPASS_DATA", data.toString());
        settings.put("DAYPASS_AGENTS_HOST", "127.0.0.1");
        for (String listener : List.of("AGENTS", "CONSOLE", "HEALTH")) {
            settings.put("DAYPASS_" + listener + "_PORT", "0");
        }
        settings.put("DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        server = Server.start(Config.load(null, settings), Clock.systemUTC());
        place.with("DAYPASS_SERVER", server.config().issuer()).with("DAYPASS_CONSOLE", console());
        Path document = Files.writeString(home.resolve("clock.yaml"), ClockService.DOCUMENT);
        good("service add clock --upstream http://127.0.0.1:9 --openapi " + document);
        place.input(good("agent add reader").out());
        good("agent enrol --token -");
        installed();
    }

    /// A home with the script, a build that is not older than its sources, and no real JDK.
    private static void installed() throws IOException {
        Files.copy(SCRIPT, home.resolve("daypass"));
        Files.createDirectories(home.resolve("bench/target"));
        Files.createFile(home.resolve("bench/target/built"));
        Path bin = Files.createDirectories(home.resolve("jdk/bin"));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        for (String name : List.of("java", "javac")) {
            Files.writeString(bin.resolve(name), JAVA);
            Files.setPosixFilePermissions(
                    bin.resolve(name), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void anOperatorsTerminal() {
        environment.put("DAYPASS_CONSOLE", console());
        environment.put("DAYPASS_DATA", home.resolve("data").toString());
    }

    private static String console() {
        return "http://127.0.0.1:" + server.ports().console();
    }

    private static Run good(String line) {
        Run run = place.run(line.split(" ", -1));
        assertEquals(ExitCode.OK, run.code(), run.err());
        return run;
    }

    private Run launch(String... args) {
        return launch(home.resolve("daypass"), "", args);
    }

    /// The arguments go through a file: what this JVM makes of other letters hangs on the locale.
    ///
    /// @param redirection for the script
    private Run launch(Path script, String redirection, String... args) {
        try {
            Path words = Files.createTempFile(home, "words", "");
            Files.writeString(words, String.join("\0", args) + "\0");
            Path out = Files.createTempFile(home, "out", "");
            Path err = Files.createTempFile(home, "err", "");
            var builder =
                    new ProcessBuilder(
                            "bash",
                            "-c",
                            "mapfile -t -d '' words < \"$1\"; exec bash \"$0\" \"${words[@]}\" "
                                    + redirection,
                            script.toString(),
                            words.toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("DAYPASS_"));
            builder.environment().remove("NO_COLOR");
            builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
            builder.environment().putAll(environment);
            Process process =
                    builder.directory(home.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            process.getOutputStream().close();
            return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void servedLikeInAProcessOfItsOwn(String... args) {
        assertEquals(place.run(args), launch(args), String.join(" ", args));
    }

    private void runsInAProcessOfItsOwn(String... args) {
        Run run = launch(args);

        assertEquals(OWN_PROCESS, run.code(), run.out() + run.err());
        assertEquals("<" + String.join("><", args) + ">", run.out());
        assertEquals("", run.err());
    }

    @Test
    void an_explanation_is_the_same_text_the_same_json_and_the_same_refusal() {
        servedLikeInAProcessOfItsOwn("explain", TASK, "--agent", "reader");
        servedLikeInAProcessOfItsOwn("explain", TASK, "--agent", "reader", "-o", "json");
        servedLikeInAProcessOfItsOwn("explain", "sing a song", "--agent", "reader");
        servedLikeInAProcessOfItsOwn("explain", "sing", "--agent", "reader", "-o", "json");
        servedLikeInAProcessOfItsOwn("explain", TASK, "--agent", "nobody");

        Run explained = launch("explain", TASK, "--agent", "reader");
        assertTrue(explained.out().contains("readTime"), explained.out());
        assertEquals(ExitCode.OK, explained.code());
        assertEquals(ExitCode.FAILED, launch("explain", TASK, "--agent", "nobody").code());
    }

    @Test
    void every_other_command_that_is_served_prints_the_same() {
        for (String line :
                List.of(
                        "agent ls",
                        "service ls -o json",
                        "service show clock",
                        "service show nothing",
                        "service traits clock readTime --add personal",
                        "rules ls",
                        "ls",
                        "ls --limit 0",
                        "ls --state sleeping",
                        "ls --help",
                        "usage",
                        "events ls",
                        "events rm nobody",
                        "events verify nobody",
                        "events dead",
                        "events retry",
                        "show acc_01M86AMSY541SF1PJ9S3EV1QNP",
                        "show nothing",
                        "approve acc_01M86AMSY541SF1PJ9S3EV1QNP",
                        "deny acc_01M86AMSY541SF1PJ9S3EV1QNP",
                        "revoke --agent raeder",
                        "revoke --agent reader",
                        "revoke",
                        "revoke --al",
                        "agent rm nobody",
                        "service rm nothing")) {
            servedLikeInAProcessOfItsOwn(line.split(" ", -1));
        }
        good("service traits clock readTime --reset");
    }

    @Test
    void arguments_arrive_as_they_were_given() {
        for (String task :
                List.of(
                        "",
                        " ",
                        "lies die Zeit von Zürich — „bitte“ 🕰",
                        "100 %s of 'the' \"time\" \\n $(id) `id` *",
                        "two\nlines\n",
                        "@/etc/passwd",
                        "-n",
                        "--data is a word here",
                        "<b>&amp;\t")) {
            servedLikeInAProcessOfItsOwn("explain", "--agent", "reader", "-o", "json", "--", task);
            servedLikeInAProcessOfItsOwn("explain", task, "--agent", "reader");
        }
    }

    @Test
    void lengths_are_right_whatever_the_locale_is() {
        Run expected =
                place.run("explain", "lies die Zeit — 🕰", "--agent", "reader", "-o", "json");
        for (String locale : List.of("C", "POSIX", "C.UTF-8")) {
            environment.put("LC_ALL", locale);
            assertEquals(
                    expected,
                    launch("explain", "lies die Zeit — 🕰", "--agent", "reader", "-o", "json"));
        }
    }

    @Test
    void where_the_server_and_its_token_are_is_taken_from_options_too_and_not_passed_on() {
        environment.clear();
        String data = home.resolve("data").toString();
        Run expected = place.run("explain", TASK, "--agent", "reader");

        assertEquals(
                expected,
                launch(
                        "explain",
                        TASK,
                        "--agent",
                        "reader",
                        "--console",
                        console(),
                        "--data",
                        data));
        assertEquals(
                expected,
                launch(
                        "explain",
                        "--data=" + data,
                        "--console=" + console() + "/",
                        TASK,
                        "--agent",
                        "reader"));
        environment.put("DAYPASS_CONSOLE", console().replace("127.0.0.1", "localhost"));
        assertEquals(expected, launch("explain", TASK, "--agent", "reader"), "in ./data");
    }

    @Test
    void a_token_in_a_variable_is_as_good_as_one_in_a_file() throws IOException {
        environment.put("DAYPASS_DATA", "nowhere");
        environment.put(
                "DAYPASS_OPERATOR_TOKEN", Files.readString(home.resolve("data/operator.token")));

        assertEquals(place.run("ls"), launch("ls"));
    }

    @Test
    void what_the_script_cannot_judge_goes_to_a_process_of_its_own_as_it_was_given() {
        runsInAProcessOfItsOwn("ls", "--data");
        runsInAProcessOfItsOwn("ls", "--data", "a", "--data", "b");
        runsInAProcessOfItsOwn("ls", "--agent", "--data", "a");
        runsInAProcessOfItsOwn("ls", "--console", "--debug");
        runsInAProcessOfItsOwn("ls", "--data=");
        runsInAProcessOfItsOwn("ls", "--debug");
        runsInAProcessOfItsOwn("ls", "--console", "https://127.0.0.1:1");
        runsInAProcessOfItsOwn("ls", "--console", "http://192.0.2.1:8080");
        runsInAProcessOfItsOwn("ls", "--console", "http://127.0.0.1.example.com:8080");
        runsInAProcessOfItsOwn("ls", "--console", "http://user@127.0.0.1:8080");
        runsInAProcessOfItsOwn("version");
        runsInAProcessOfItsOwn("agent", "add", "another");
        runsInAProcessOfItsOwn("agent ls");
        runsInAProcessOfItsOwn("agent.ls");
        environment.put("DAYPASS_OWN_PROCESS", "1");
        runsInAProcessOfItsOwn("explain", TASK, "--agent", "reader");
    }

    @Test
    void without_a_server_or_with_another_there_is_silence_and_a_process_of_its_own()
            throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            Thread other = Thread.ofVirtual().start(() -> answerNonsense(silent));
            environment.put("DAYPASS_CONSOLE", "http://127.0.0.1:" + port);
            runsInAProcessOfItsOwn("explain", TASK, "--agent", "reader");
            other.interrupt();
        }
        runsInAProcessOfItsOwn("explain", TASK, "--agent", "reader");
        environment.put("DAYPASS_CONSOLE", "http://127.0.0.1:" + server.ports().health());
        runsInAProcessOfItsOwn("explain", TASK, "--agent", "reader");
        environment.put("DAYPASS_CONSOLE", "http://127.0.0.1:" + server.ports().agents());
        runsInAProcessOfItsOwn("explain", TASK, "--agent", "reader");
    }

    /// Half of what a server would say.
    private static void answerNonsense(ServerSocket at) {
        try (var socket = at.accept()) {
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\ndaypass-status: 0\r\ndaypass-output: 1:9\r\ncontent-length: 9\r\n\r\nhalf"
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_token_that_is_refused_is_told_by_a_process_of_its_own() {
        environment.put("DAYPASS_OPERATOR_TOKEN", "dpo_wrong");
        runsInAProcessOfItsOwn("ls");
        environment.put("DAYPASS_OPERATOR_TOKEN", "dpo_wrong\r\nx: y");
        runsInAProcessOfItsOwn("ls");
    }

    @Test
    void a_token_file_that_is_open_to_others_is_not_used() throws IOException {
        Path data = Files.createDirectory(home.resolve("open"));
        Path file = Files.copy(home.resolve("data/operator.token"), data.resolve("operator.token"));
        environment.put("DAYPASS_DATA", data.toString());
        modes(data, "rwxr-xr-x", file, "rw-------");
        assertEquals(place.run("usage"), launch("usage"));
        for (String open : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx--x---")) {
            modes(data, "rwx------", file, open);
            runsInAProcessOfItsOwn("usage");
        }
        for (String open : List.of("rwxrwx---", "rwx---rwx")) {
            modes(data, open, file, "rw-------");
            runsInAProcessOfItsOwn("usage");
        }
        modes(data, "rwx------", file, "rw-------");
        Files.delete(file);
        runsInAProcessOfItsOwn("usage");
    }

    @Test
    void the_servers_own_token_file_is_not_used_either_while_it_is_open_to_others()
            throws IOException {
        Path data = home.resolve("data");
        Path file = data.resolve("operator.token");
        for (String line : List.of("usage", "revoke --agent reader")) {
            String[] words = line.split(" ", -1);
            modes(data, "rwx------", file, "rw-r--r--");
            runsInAProcessOfItsOwn(words);
            modes(data, "rwx------", file, "rw-------");
            servedLikeInAProcessOfItsOwn(words);
        }
    }

    private static void modes(Path directory, String of, Path file, String its) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(of));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(its));
    }

    @Test
    void a_server_of_another_version_is_not_asked_to_run_anything() throws IOException {
        String script = Files.readString(SCRIPT).replace("version=0.1.0", "version=0.0.9");
        Path older = Files.writeString(home.resolve("older"), script);

        Run run = launch(older, "", "usage");

        assertEquals(OWN_PROCESS, run.code(), run.err());
    }

    @Test
    void colours_are_for_terminals_that_want_them() {
        assertFalse(launch("explain", TASK, "--agent", "reader").out().contains("\u001b"));
        environment.put("DAYPASS_TERMINAL", "1");
        assertTrue(launch("explain", TASK, "--agent", "reader").out().contains("\u001b[1mclock"));
        environment.put("NO_COLOR", "1");
        assertFalse(launch("explain", TASK, "--agent", "reader").out().contains("\u001b"));
    }

    @Test
    void what_cannot_be_printed_is_no_success() {
        Run run = launch(home.resolve("daypass"), "> /dev/full", "usage");

        assertEquals(
                new Run(
                        ExitCode.FAILED,
                        "",
                        "daypass: standard output cannot be written; what was asked for was done\n"),
                run);
    }
}
