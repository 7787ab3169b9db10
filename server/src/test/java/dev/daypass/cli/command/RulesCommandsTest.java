package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandsTest {
    private static final String RULES =
            """
            rules:
              - name: only-here
                on: [open, call]
                deny: "!request.ip.in(['10.0.0.0/8'])"
              - name: long
                on: [open]
                approve: "account.ttl > duration('1h')"
                by: security
              - name: night
                on: [open]
                cap: { ttl: 15m, calls: 50 }
                when: "true"
            """;
    private static final String TABLE =
            """
            RULE       ON          EFFECT                WHERE
            only-here  open, call  deny                  !request.ip.in(['10.0.0.0/8'])
            long       open        approve by security   account.ttl > duration('1h')
            night      open        cap ttl 15m calls 50  true
            """;

    @TempDir Path home;

    @Test
    void a_good_file_is_told_rule_by_rule() throws Exception {
        Path file = Files.writeString(home.resolve("rules.yaml"), RULES);

        Run run = new Run.Place(home).run("rules", "test", file.toString());

        assertEquals(TABLE, run.out());
        assertEquals(ExitCode.OK, run.code());
    }

    @Test
    void an_error_has_file_line_and_column() throws Exception {
        Path file =
                Files.writeString(
                        home.resolve("rules.yaml"), RULES.replace("account.ttl", "account.tl"));

        Run run = new Run.Place(home).run("rules", "test", file.toString());

        assertTrue(run.err().startsWith("daypass: " + file + ":7:"), run.err());
        assertEquals(1, run.err().lines().count());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void a_file_is_sent_as_it_is_and_the_rules_in_force_are_told() throws Exception {
        Path file = Files.writeString(home.resolve("rules.yaml"), "rules: []\n");
        try (var console = new FakeConsole()) {
            console.on(
                    "PUT /v1/rules",
                    200,
                    "[{\"name\":\"x\",\"on\":[\"call\"],\"effect\":\"deny\",\"condition\":\"true\"}]");

            Run run =
                    new Run.Place(home)
                            .with("DAYPASS_CONSOLE", console.url())
                            .with("DAYPASS_OPERATOR_TOKEN", "dpo_test")
                            .run("rules", "load", file.toString());

            assertEquals(
                    """
                    RULE  ON    EFFECT  WHERE
                    x     call  deny    true
                    """,
                    run.out());
            assertEquals(
                    List.of(
                            "PUT /v1/rules {\"source\":\"%s\",\"text\":\"rules: []\\n\"}"
                                    .formatted(file)),
                    console.asked());
        }
    }
}
