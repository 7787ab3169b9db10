package dev.daypass.cli.command;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The credential of a service. The secret itself is read from a file, a variable or standard
/// input: others can see arguments.
final class CredentialOptions {
    /// What the edge injects.
    enum Kind {
        NONE("", false),
        BEARER("", true),
        BASIC("--user", true),
        HEADER("--header-name", true),
        QUERY("--query-name", true),
        CLIENT_CREDENTIALS("--token-url --client-id", true);

        private final String needs;
        private final boolean secret;

        Kind(String needs, boolean secret) {
            this.needs = needs;
            this.secret = secret;
        }

        /// Options that must be given.
        List<String> needs() {
            return needs.isEmpty() ? List.of() : List.of(needs.split(" ", -1));
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Shell shell;

    @Option(
            names = "--credential",
            paramLabel = "KIND",
            description =
                    "none, bearer, basic, header, query or client_credentials (default: none)")
    private Kind kind = Kind.NONE;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "the secret is in a file")
    private @Nullable Path secretFile;

    @Option(
            names = "--secret-env",
            paramLabel = "VARIABLE",
            description = "the secret is in an environment variable")
    private @Nullable String secretVariable;

    @Option(names = "--secret-stdin", description = "the secret is on standard input")
    private boolean secretStdin;

    @Option(names = "--user", paramLabel = "NAME", description = "user of a basic credential")
    private @Nullable String user;

    @Option(
            names = "--header-name",
            paramLabel = "NAME",
            description = "field of a header credential")
    private @Nullable String headerName;

    @Option(
            names = "--query-name",
            paramLabel = "NAME",
            description = "parameter of a query credential")
    private @Nullable String queryName;

    @Option(
            names = "--token-url",
            paramLabel = "URL",
            description = "token endpoint of client_credentials")
    private @Nullable String tokenUrl;

    @Option(names = "--client-id", paramLabel = "ID", description = "client of client_credentials")
    private @Nullable String clientId;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "scope of client_credentials")
    private @Nullable String scope;

    CredentialOptions(Shell shell) {
        this.shell = shell;
    }

    /// What is wrong with the options together; empty for nothing.
    String objection() {
        Set<String> given = given();
        int secrets =
                (secretFile == null ? 0 : 1)
                        + (secretVariable == null ? 0 : 1)
                        + (secretStdin ? 1 : 0);
        for (String need : kind.needs()) {
            if (!given.contains(need)) {
                return "a %s credential needs %s".formatted(kind.word(), need);
            }
        }
        for (String name : given) {
            if (!kind.needs().contains(name) && !permitted(name)) {
                return "%s does not go with --credential %s".formatted(name, kind.word());
            }
        }
        if (secrets != (kind.secret ? 1 : 0)) {
            return kind.secret
                    ? "a %s credential needs one of --secret-file, --secret-env, --secret-stdin"
                            .formatted(kind.word())
                    : "a secret needs --credential: bearer, basic, header, query or client_credentials";
        }
        return "";
    }

    private boolean permitted(String name) {
        return name.equals("--scope") && kind == Kind.CLIENT_CREDENTIALS;
    }

    private Set<String> given() {
        var names = new LinkedHashSet<String>();
        note(names, "--user", user);
        note(names, "--header-name", headerName);
        note(names, "--query-name", queryName);
        note(names, "--token-url", tokenUrl);
        note(names, "--client-id", clientId);
        note(names, "--scope", scope);
        return names;
    }

    private static void note(Set<String> names, String name, @Nullable String value) {
        if (value != null) {
            names.add(name);
        }
    }

    /// As the operator API takes it; holds the secret.
    Json.Obj toJson() {
        JsonObjectBuilder out = Json.object().put("kind", kind.word());
        out.put("user", user);
        out.put("name", headerName == null ? queryName : headerName);
        out.put("token_url", tokenUrl);
        out.put("client_id", clientId);
        out.put("scope", scope);
        return kind.secret ? out.put("value", secret().reveal()).build() : out.build();
    }

    private Secret secret() {
        if (secretFile != null) {
            return InputFiles.secret(secretFile);
        }
        if (secretVariable == null) {
            return InputFiles.secret(shell.in());
        }
        String value = shell.environment().getOrDefault(secretVariable, "");
        if (value.isEmpty()) {
            throw new CommandFailure(
                    "environment variable `%s` is not set".formatted(secretVariable));
        }
        return Secret.of(value);
    }
}
