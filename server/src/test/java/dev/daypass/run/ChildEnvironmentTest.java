package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What a program finds in its environment.
class ChildEnvironmentTest {
    private static final Map<String, String> URLS =
            Map.of("FLIGHTS_URL", "http://127.0.0.1:1/s/flights");

    private static ChildEnvironment of(Map<String, String> own, Set<String> passed) {
        return ChildEnvironment.of(own, passed, _ -> false, URLS);
    }

    @Test
    void keys_and_cloud_credentials_stay_behind_and_are_named() {
        List<String> secret =
                List.of(
                        "OPENAI_API_KEY",
                        "STRIPE_SECRET_KEY",
                        "GITHUB_TOKEN",
                        "DB_PASSWORD",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "GOOGLE_APPLICATION_CREDENTIALS",
                        "AZURE_CLIENT_SECRET",
                        "KUBECONFIG",
                        "SSH_AUTH_SOCK",
                        "DATABASE_URL",
                        "PGPASSWORD",
                        "MYSQL_PWD",
                        "SSHPASS",
                        "REDISCLI_AUTH",
                        "STRIPE_KEY",
                        "GITHUB_PAT",
                        "SMTP_PASS",
                        "API_KEYS",
                        "OPENAI_API_KEY_2",
                        "SECRET_KEY_BASE",
                        "CI_JOB_JWT",
                        "api_key");
        var own = new HashMap<>(Map.of("PATH", "/bin", "LANG", "C", "AWS_REGION", "eu"));
        secret.forEach(name -> own.put(name, "secret"));

        ChildEnvironment environment = of(own, Set.of());

        assertEquals(
                Set.of("PATH", "LANG", "AWS_REGION", "FLIGHTS_URL"),
                environment.variables().keySet());
        assertEquals(new TreeSet<>(secret), new TreeSet<>(environment.withheld()));
    }

    @Test
    void ordinary_variables_stay() {
        List<String> ordinary =
                List.of(
                        "HOME",
                        "TOKENIZERS_PARALLELISM",
                        "KEYBOARD",
                        "MONKEY",
                        "TERM",
                        "PWD",
                        "OLDPWD",
                        "PATHS",
                        "COMPASS",
                        "SECRETARY");
        var own = new HashMap<String, String>();
        ordinary.forEach(name -> own.put(name, "x"));

        assertEquals(List.of(), of(own, Set.of()).withheld());
    }

    @Test
    void a_url_with_a_password_stays_behind() {
        ChildEnvironment environment =
                of(
                        Map.of(
                                "REDIS_URL", "redis://:hunter2@cache:6379",
                                "MONGODB_URI", "mongodb+srv://me:hunter2@db/x",
                                "HOME_PAGE", "https://shop.example/a:b@c",
                                "USER_PAGE", "https://me@shop.example/"),
                        Set.of());

        assertEquals(List.of("MONGODB_URI", "REDIS_URL"), environment.withheld());
    }

    @Test
    void what_is_passed_on_purpose_is_passed() {
        ChildEnvironment environment = of(Map.of("OPENAI_API_KEY", "k"), Set.of("OPENAI_API_KEY"));

        assertEquals("k", environment.variables().get("OPENAI_API_KEY"));
        assertEquals(List.of(), environment.withheld());
    }

    @Test
    void our_own_settings_are_not_for_the_program_and_go_without_saying() {
        ChildEnvironment environment = of(Map.of("DAYPASS_OPERATOR_TOKEN", "t"), Set.of());

        assertFalse(environment.variables().containsKey("DAYPASS_OPERATOR_TOKEN"));
        assertEquals(List.of(), environment.withheld());
    }

    @Test
    void files_with_keys_that_are_there_are_read_as_empty() {
        ChildEnvironment environment =
                ChildEnvironment.of(Map.of(), Set.of(), ".netrc"::equals, URLS);

        assertEquals("/dev/null", environment.variables().get("NETRC"));
        assertEquals(List.of("~/.netrc"), environment.withheld());
    }

    @Test
    void a_service_has_a_variable_that_a_shell_can_name() {
        assertEquals("FLIGHTS_URL", ChildEnvironment.variable("flights"));
        assertEquals("FLIGHT_SHOP_2_URL", ChildEnvironment.variable("flight-shop-2"));
    }
}
