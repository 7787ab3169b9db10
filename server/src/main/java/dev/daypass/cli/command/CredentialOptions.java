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
        COOKIE("--cookie-name", true),
        CLIENT_CREDENTIALS("--token-url --client-id", true),
        REFRESH_TOKEN("--token-url --client-id", true),
        AWS_SIGV4("--access-key-id --region --aws-service", true),
        SIGNATURE("", false);

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
                    "none, bearer, basic, header, query, cookie, client_credentials, refresh_token, aws_sigv4 or signature (default: none)")
    private Kind kind = Kind.NONE;

    @Option(
            names = "--credential-file",
            paramLabel = "FILE",
            description =
                    "the whole credential, as the operator API takes it, in YAML or JSON; - for standard input")
    private @Nullable String credentialFile;

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
            names = "--cookie-name",
            paramLabel = "NAME",
            description = "name of a cookie credential")
    private @Nullable String cookieName;

    @Option(
            names = "--access-key-id",
            paramLabel = "ID",
            description = "whose key signs with aws_sigv4")
    private @Nullable String accessKeyId;

    @Option(names = "--region", paramLabel = "REGION", description = "region of aws_sigv4")
    private @Nullable String region;

    @Option(
            names = "--aws-service",
            paramLabel = "NAME",
            description = "service that aws_sigv4 signs for, as in s3")
    private @Nullable String awsService;

    @Option(
            names = "--token-url",
            paramLabel = "URL",
            description = "token endpoint of client_credentials or refresh_token")
    private @Nullable String tokenUrl;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "client of client_credentials or refresh_token")
    private @Nullable String clientId;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "scope of client_credentials or refresh_token")
    private @Nullable String scope;

    CredentialOptions(Shell shell) {
        this.shell = shell;
    }

    /// What is wrong with the options together; empty for nothing.
    String objection() {
        Set<String> given = given();
        if (credentialFile != null) {
            boolean alone =
                    given.isEmpty()
                            && kind == Kind.NONE
                            && secretFile == null
                            && secretVariable == null
                            && !secretStdin;
            return alone ? "" : "--credential-file holds the whole credential; give it alone";
        }
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
                    : "a secret needs --credential and its kind";
        }
        return "";
    }

    private boolean permitted(String name) {
        return name.equals("--scope")
                && (kind == Kind.CLIENT_CREDENTIALS || kind == Kind.REFRESH_TOKEN);
    }

    private Set<String> given() {
        var names = new LinkedHashSet<String>();
        note(names, "--user", user);
        note(names, "--header-name", headerName);
        note(names, "--query-name", queryName);
        note(names, "--cookie-name", cookieName);
        note(names, "--access-key-id", accessKeyId);
        note(names, "--region", region);
        note(names, "--aws-service", awsService);
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
        if (credentialFile != null) {
            return InputFiles.members(credentialFile, shell.in());
        }
        JsonObjectBuilder out = Json.object().put("kind", kind.word());
        out.put("user", user);
        out.put("name", name());
        out.put("access_key_id", accessKeyId);
        out.put("region", region);
        out.put("service", awsService);
        out.put("token_url", tokenUrl);
        out.put("client_id", clientId);
        out.put("scope", scope);
        return kind.secret ? out.put("value", secret().reveal()).build() : out.build();
    }

    private @Nullable String name() {
        if (headerName != null) {
            return headerName;
        }
        return queryName == null ? cookieName : queryName;
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
