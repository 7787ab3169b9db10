package dev.daypass.config;

import static dev.daypass.config.Refused.file;
import static dev.daypass.config.Refused.message;
import static dev.daypass.config.Refused.variables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefusalTest {
    @TempDir Path folder = Path.of("");

    @Test
    void a_value_out_of_range_is_refused_with_its_place_range_and_unit() throws IOException {
        file(
                folder,
                "token:\n  ttl_max: 2h\n",
                "daypass.yaml:2:12: `token.ttl_max` is `2h`; expected a duration from 1s to 1h");
        file(
                folder,
                "edge: {header_bytes_max: 100}",
                "daypass.yaml:1:26: `edge.header_bytes_max` is `100`; expected a whole number of bytes from 1024 to 1048576");
        file(
                folder,
                "edge: {body_bytes_max: 1GiB}",
                "daypass.yaml:1:24: `edge.body_bytes_max` is `1GiB`; expected a whole number of bytes from 1 to 1099511627776");
        file(
                folder,
                "admit: {opens_per_second: 0}",
                "daypass.yaml:1:27: `admit.opens_per_second` is `0`; expected a number of opens per second from 0.001 to 100000");
        file(
                folder,
                "agents: {port: 65536}",
                "daypass.yaml:1:16: `agents.port` is `65536`; expected a port from 0 to 65535");
        file(
                folder,
                "console: {tls: yes}",
                "daypass.yaml:1:16: `console.tls` is `yes`; expected true or false");
    }

    @Test
    void a_variable_is_refused_by_its_name() {
        variables(
                Map.of("DAYPASS_AGENTS_PORT", "-1"),
                "environment: `DAYPASS_AGENTS_PORT` is `-1`; expected a port from 0 to 65535");
        variables(
                Map.of("DAYPASS_ACCOUNT_TTL_MAX", "31d"),
                "environment: `DAYPASS_ACCOUNT_TTL_MAX` is `31d`; expected a duration from 1s to 30d");
        variables(
                Map.of("DAYPASS_DATA", ""),
                "environment: `DAYPASS_DATA` is empty; expected a path");
        variables(
                Map.of("DAYPASS_ROLES", "broker,proxy"),
                "environment: `DAYPASS_ROLES` is `broker,proxy`; expected one or more of broker, edge and console, each once");
        variables(
                Map.of("DAYPASS_LEDGER_QUEUE_MAX", "٣"),
                "environment: `DAYPASS_LEDGER_QUEUE_MAX` is `٣`; expected a whole number of facts from 1 to 1000000");
    }

    @Test
    void brokers_are_tls_addresses_each_once_and_nothing_more() {
        for (String bad :
                List.of(
                        "http://broker.example",
                        "https://broker.example/path",
                        "https://user@broker.example",
                        "https://broker.example,https://broker.example",
                        "broker.example",
                        "https://")) {
            variables(
                    Map.of("DAYPASS_EDGE_BROKERS", bad),
                    "environment: `DAYPASS_EDGE_BROKERS` is `%s`; expected up to 16 URLs such as https://broker.example:8443, each once and without a path"
                            .formatted(bad));
        }
    }

    @Test
    void witnesses_are_addresses_with_keys_of_witnesses_each_once() {
        String key = "witness.example+0080fed4+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
        String log = "a+b";
        for (String bad :
                List.of(
                        "https://witness.example",
                        "https://witness.example " + log,
                        "https://witness.example other" + key,
                        "http://witness.example " + key,
                        "https://user@witness.example " + key,
                        "https://witness.example?a=b " + key,
                        "https://a.example " + key + ",https://b.example " + key)) {
            String message = message(Map.of("DAYPASS_LEDGER_WITNESSES", bad));
            assertTrue(message.contains("expected up to 16 witnesses"), message);
        }
    }

    @Test
    void a_long_or_unprintable_value_is_shown_clipped() {
        String message = message(Map.of("DAYPASS_AGENTS_HOST", "\u001b[31m" + "x".repeat(1_000)));

        assertTrue(message.contains("`?[31mxxx"), message);
        assertTrue(message.length() < 300, message);
    }

    @Test
    void a_bad_value_in_the_file_is_refused_also_where_a_variable_overrides_it()
            throws IOException {
        Path file = Files.writeString(folder.resolve("daypass.yaml"), "agents: {port: x}");

        String message = message(file, Map.of("DAYPASS_AGENTS_PORT", "1"));

        assertTrue(message.contains("`agents.port` is `x`"), message);
    }

    @Test
    void an_unknown_key_is_refused_with_those_that_are_known() throws IOException {
        file(
                folder,
                "token:\n  ttl: 1h\n",
                "daypass.yaml:2:3: unknown key `token.ttl`; known: ttl_max");
        file(
                folder,
                "tokens: {}\n",
                "daypass.yaml:1:1: unknown key `tokens`; known: account, admit, agents, console, data, database, edge, edges, feed, health, intent, issuer, ledger, limits, mcp_servers, roles, token, trust_domain, users");
    }

    @Test
    void an_unknown_variable_is_refused_with_the_nearest_known_one_and_without_its_value() {
        variables(
                Map.of("DAYPASS_AGENT_PORT", "a-secret"),
                "environment: unknown variable `DAYPASS_AGENT_PORT`; the nearest known one is `DAYPASS_AGENTS_PORT`");
        variables(
                Map.of("DAYPASS_TOKEN_MAX_TTL", "1h"),
                "environment: unknown variable `DAYPASS_TOKEN_MAX_TTL`; the nearest known one is `DAYPASS_TOKEN_TTL_MAX`");
        variables(
                Map.of("DAYPASS_OPERATOR_TOKN", "a-secret"),
                "environment: unknown variable `DAYPASS_OPERATOR_TOKN`; the nearest known one is `DAYPASS_OPERATOR_TOKEN`");
        assertTrue(message(Map.of("DAYPASS_" + "X".repeat(100_000), "")).length() < 300);
    }

    @Test
    void variables_of_other_parts_are_left_alone() {
        for (String name :
                List.of(
                        "DAYPASS_OPERATOR_TOKEN",
                        "DAYPASS_SERVER",
                        "DAYPASS_AGENT",
                        "DAYPASS_IDENTITY",
                        "DAYPASS_CONFIG",
                        "DAYPASS_URL",
                        "DAYPASS_JAVA_OPTS",
                        "DAYPASS_HOME",
                        "DAYPASS_TERMINAL",
                        "DAYPASS_OWN_PROCESS",
                        "DAYPASS_CONSOLE")) {
            assertEquals(Config.defaults(), Config.load(null, Map.of(name, "anything")), name);
        }
    }

    @Test
    void what_the_script_sets_for_a_server_does_not_keep_it_from_starting() throws IOException {
        Path script = Path.of(System.getProperty("basedir", "."), "..", "daypass");
        List<String> set =
                Pattern.compile("export (.*)")
                        .matcher(Files.readString(script))
                        .results()
                        .flatMap(exports ->
                                Pattern.compile("DAYPASS_[A-Z]+(?==)")
                                        .matcher(exports.group(1))
                                        .results())
                        .map(MatchResult::group)
                        .toList();

        assertTrue(set.contains("DAYPASS_TERMINAL"), set.toString());
        for (String name : set) {
            assertEquals(Config.defaults(), Config.load(null, Map.of(name, "1")), name);
        }
    }

    @Test
    void no_key_has_a_variable_that_another_part_owns() {
        assertEquals(
                List.of(),
                Keys.ALL.stream()
                        .map(Key::variable)
                        .filter(Environment.OWNED_ELSEWHERE::contains)
                        .toList());
    }

    @Test
    void what_is_not_a_mapping_a_list_or_yaml_is_refused_with_its_place() throws IOException {
        file(folder, "[1]", "daypass.yaml:1:1: is not a mapping; expected `key: value` lines");
        file(
                folder,
                "token: 1h",
                "daypass.yaml:1:8: `token` is not a mapping; expected `key: value` lines");
        file(folder, "roles: broker", "daypass.yaml:1:8: `roles` is not a list; expected a list");
        file(folder, "data: [a]", "daypass.yaml:1:7: `data` is not a plain value; expected text");
        assertTrue(
                message(folder, "data: {").startsWith(folder.resolve("daypass.yaml") + ":1:8: "));
    }

    @Test
    void a_file_that_cannot_be_read_is_refused_with_the_reason() throws IOException {
        Path file = folder.resolve("daypass.yaml");
        Path missing = folder.resolve("missing.yaml");

        assertRefused(
                missing,
                missing + ": cannot be read as a configuration file: there is no such file");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
        assertRefused(
                file, file + ": cannot be read as a configuration file: it is not text in UTF-8");
        Files.write(file, new byte[ConfigFile.BYTES_MAX + 1]);
        assertRefused(
                file,
                file + ": cannot be read as a configuration file: it is longer than 1048576 bytes");
        assertTrue(
                message(folder, Map.of())
                        .startsWith(folder + ": cannot be read as a configuration file: "));
    }

    @Test
    void records_made_by_hand_are_held_to_the_same_ranges() {
        var port = assertThrows(InvalidConfig.class, () -> new Config.Listener("::1", 70_000));
        var console = assertThrows(InvalidConfig.class, () -> new Config.Console("::", 1, false));
        var rate =
                assertThrows(
                        InvalidConfig.class,
                        () -> new Config.Admit(Double.NaN, 100, 2_000, 1, 1, 1, 1));

        assertEquals("`port` is `70000`; expected a port from 0 to 65535", port.getMessage());
        assertEquals(
                "`console.host` contradicts `console.tls`: `::` is not loopback, where only `console.tls: true` is permitted",
                console.getMessage());
        assertTrue(
                String.valueOf(rate.getMessage()).startsWith("`admit.opens_per_second` is `NaN`"));
    }

    private static void assertRefused(Path file, String expected) {
        assertEquals(expected, message(file, Map.of()));
    }
}
