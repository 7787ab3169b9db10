package dev.daypass.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a program finds in its environment: what this process has, without keys of any kind, and
/// the URLs of its run.
///
/// @param variables all of them
/// @param withheld names of those that it does not get, sorted
public record ChildEnvironment(Map<String, String> variables, List<String> withheld) {
    private static final Pattern KEYS =
            Pattern.compile(
                    "(?i)(.*[_-])?(API[_-]?KEYS?|APIKEYS?|ACCESS[_-]?KEY([_-]ID)?|SECRETS?([_-]?KEY([_-]BASE)?)?|PRIVATE[_-]?KEYS?|KEYS?|PASS|PASSPHRASE|PAT|JWT|CREDENTIALS?|[A-Z0-9]*(PASSWORD|PASSWD|TOKEN|_PWD|_AUTH))([_-](FILE|ID|[0-9]+))?|SSHPASS");
    private static final Pattern CLOUDS =
            Pattern.compile(
                    "(?i)(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|SHARED_CREDENTIALS_FILE|CONFIG_FILE|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|CONTAINER_.*)|AZURE_.*|ARM_.*|GOOGLE_.*CREDENTIALS.*|CLOUDSDK_(AUTH_.*|CONFIG)|KUBECONFIG|DOCKER_CONFIG|DOCKER_AUTH_CONFIG|IDENTITY_(ENDPOINT|HEADER)|MSI_(ENDPOINT|SECRET)|PGPASSFILE|NETRC|SSH_AUTH_SOCK|SSH_AGENT_PID|GPG_AGENT_INFO|DATABASE_URL|.*_CONNECTION_STRING|.*_DSN|DAYPASS_.*)");

    private static final Pattern WITH_PASSWORD =
            Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]*:[^/?#@\\s]+@");

    /// Where a user's keys lie in files that programs read unasked.
    private static final Map<String, String> FILES =
            Map.of(
                    "NETRC", ".netrc",
                    "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials",
                    "AWS_CONFIG_FILE", ".aws/config",
                    "KUBECONFIG", ".kube/config",
                    "PGPASSFILE", ".pgpass");

    /// What this command was told is not for the program, and goes without saying.
    private static final String OURS = "DAYPASS_";

    private static final String NOWHERE = "/dev/null";

    public ChildEnvironment {
        variables = Map.copyOf(variables);
        withheld = List.copyOf(withheld);
    }

    /// @param own this process's
    /// @param passed variables that the program gets whatever they are called
    /// @param exists whether a file below the user's home is there
    static ChildEnvironment of(
            Map<String, String> own,
            Set<String> passed,
            java.util.function.Predicate<String> exists,
            Map<String, String> urls) {
        var variables = new TreeMap<String, String>();
        var withheld = new ArrayList<String>();
        new TreeMap<>(own)
                .forEach((name, value) -> {
                    if (passed.contains(name) || !(secret(name) || opens(value))) {
                        variables.put(name, value);
                    } else if (!name.startsWith(OURS)) {
                        withheld.add(name);
                    }
                });
        new TreeMap<>(FILES)
                .forEach((name, file) -> {
                    if (!passed.contains(name) && exists.test(file)) {
                        variables.put(name, NOWHERE);
                        withheld.add("~/" + file);
                    }
                });
        variables.putAll(urls);
        withheld.removeIf(urls::containsKey);
        return new ChildEnvironment(variables, withheld);
    }

    private static boolean secret(String name) {
        return KEYS.matcher(name).matches() || CLOUDS.matcher(name).matches();
    }

    /// A URL with a password in it.
    private static boolean opens(String value) {
        return WITH_PASSWORD.matcher(value).find();
    }

    /// `flight-shop` is `FLIGHT_SHOP_URL`.
    static String variable(String service) {
        return service.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_URL";
    }
}
