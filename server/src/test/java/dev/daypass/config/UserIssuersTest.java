package dev.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.Ceiling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserIssuersTest {
    private static final String HEAD =
            "users:\n  - issuer: https://login.example\n    audience: daypass\n";

    @TempDir Path folder = Path.of("");
    private String staff = "";

    @BeforeEach
    void ceilings() throws IOException {
        staff =
                Files.writeString(
                                folder.resolve("staff.yaml"),
                                "allow: [{service: mail}]\nttl_max: 30m\n")
                        .toString();
        Files.writeString(folder.resolve("jwks.json"), "{\"keys\":[]}");
    }

    private List<UserIssuer> users(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("daypass.yaml"), yaml);
        return Config.load(file, Map.of()).users();
    }

    private void refused(String place, String why, String yaml) throws IOException {
        String message = Refused.message(folder, yaml);
        assertTrue(message.startsWith(folder + "/daypass.yaml:" + place + ": "), message);
        assertTrue(message.contains(why), message);
    }

    @Test
    void nobody_is_believed_where_nothing_is_said() throws IOException {
        assertEquals(List.of(), Config.defaults().users());
        assertEquals(List.of(), users("users: []\n"));
    }

    @Test
    void every_member_reaches_its_place() throws IOException {
        UserIssuer fetched =
                users(
                                HEAD
                                        + """
                                            jwks_url: https://10.0.0.7/jwks?tenant=1
                                            allow_private: true
                                            clients: [webmail, calendar]
                                            groups_claim: roles
                                            grants:
                                              finance: %s
                                              "*": %s
                                        """
                                                .formatted(staff, staff))
                        .getFirst();

        assertEquals("https://login.example", fetched.issuer());
        assertEquals("daypass", fetched.audience());
        assertEquals(
                new UserIssuer.Keys.At(URI.create("https://10.0.0.7/jwks?tenant=1"), true),
                fetched.keys());
        assertEquals(Set.of("webmail", "calendar"), fetched.clients());
        assertEquals("roles", fetched.groupsClaim());
        assertEquals(List.of("finance", "*"), List.copyOf(fetched.grants().keySet()));
        Ceiling ceiling = Objects.requireNonNull(fetched.grants().get("finance"));
        assertEquals(Duration.ofMinutes(30), ceiling.ttlMax());
        assertEquals(Set.of("finance"), fetched.groups());
    }

    @Test
    void keys_in_a_file_are_read_at_the_start() throws IOException {
        String file = folder.resolve("jwks.json").toString();

        UserIssuer read =
                users(HEAD + "    jwks_file: " + file + "\n    grants: {all: " + staff + "}\n")
                        .getFirst();

        assertEquals(new UserIssuer.Keys.InFile(file, "{\"keys\":[]}"), read.keys());
        assertEquals("groups", read.groupsClaim());
        assertEquals(Set.of(), read.clients());
    }

    @Test
    void what_is_wrong_is_told_with_its_place_and_what_to_do() throws IOException {
        String url = "    jwks_url: https://login.example/jwks\n";
        String grants = "    grants: {all: " + staff + "}\n";
        refused("1:8", "is not a list", "users: {}\n");
        refused("2:5", "needs `issuer`", "users:\n  - {audience: a}\n");
        refused("2:5", "needs `audience`", "users:\n  - {issuer: a}\n");
        refused("2:5", "needs `jwks_file` or `jwks_url`", HEAD + grants);
        refused("2:5", "needs `grants`", HEAD + url);
        refused("5:5", "unknown key `users[0].ttl`", HEAD + url + "    ttl: 1h\n" + grants);
        refused(
                "2:13",
                "is no issuer",
                HEAD.replace("https://login.example", "'a b'") + url + grants);
        refused(
                "5:15",
                "give one of them",
                HEAD + "    jwks_file: " + folder + "/jwks.json\n" + url + grants);
        refused("5:14", "1 to 50", HEAD + url + "    clients: []\n" + grants);
        refused("5:13", "1 to 200", HEAD + url + "    grants: {}\n");
        refused(
                "5:19",
                "there is no such file",
                HEAD + url + "    grants: {all: " + folder + "/gone.yaml}\n");
        refused(
                "5:19",
                "is no ceiling: " + folder + "/jwks.json:1:",
                HEAD + url + "    grants: {all: " + folder + "/jwks.json}\n");
        refused(
                "4:16",
                "there is no such file",
                HEAD + "    jwks_file: " + folder + "/gone.json\n" + grants);
        refused(
                "6:13",
                "is there twice",
                HEAD + url + grants + (HEAD + url + grants).replaceFirst("users:\n", ""));
    }

    @Test
    void keys_come_over_https_or_not_from_afar() throws IOException {
        String grants = "    grants: {all: " + staff + "}\n";
        for (String bad :
                List.of(
                        "http://login.example/jwks",
                        "http://10.0.0.1/jwks",
                        "ftp://login.example/jwks",
                        "https://user:word@login.example/jwks",
                        "https:///jwks",
                        "https://login.example/jwks#x",
                        "jwks.json")) {
            refused(
                    "4:15",
                    "is no address for keys",
                    HEAD + "    jwks_url: '" + bad + "'\n" + grants);
        }
        assertEquals(1, users(HEAD + "    jwks_url: http://127.0.0.1:9/jwks\n" + grants).size());
        refused(
                "5:20",
                "means nothing beside `jwks_file`",
                HEAD
                        + "    jwks_file: "
                        + folder
                        + "/jwks.json\n    allow_private: true\n"
                        + grants);
    }

    @Test
    void this_server_is_no_issuer_of_users() throws IOException {
        String message =
                Refused.message(
                        folder,
                        "issuer: https://login.example\n"
                                + HEAD
                                + "    jwks_url: https://login.example/jwks\n    grants: {all: "
                                + staff
                                + "}\n");

        assertTrue(
                message.startsWith(folder + "/daypass.yaml:1:9: `issuer` is also among"), message);
    }
}
