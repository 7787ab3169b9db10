package dev.daypass.cli.command;

import dev.daypass.catalog.Fetch;
import dev.daypass.cli.Answer;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass service add`.
@Command(description = "register a service, or register it anew")
final class ServiceAdd implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;
    @Mixin private final CredentialOptions credential;
    @Mixin private final ConnectionOptions connection = new ConnectionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "name; calls go to /NAME on the edge")
    @SuppressWarnings("NullAway.Init")
    private ServiceId name;

    @Option(names = "--openapi", paramLabel = "FILE|URL", description = "its OpenAPI 3 document")
    private String openApi = "";

    @Option(
            names = "--mcp",
            paramLabel = "URL|FILE",
            description =
                    "it is an MCP server: its address, or a file with its lists; calls go to /NAME/mcp")
    private String mcp = "";

    @Option(
            names = "--stdio",
            paramLabel = "SERVER",
            description =
                    "it is an MCP server that the server's configuration names under mcp_servers and starts itself")
    private String stdio = "";

    @Option(
            names = "--client-request",
            paramLabel = "METHOD",
            description =
                    "what an MCP server may ask of agents, if that is granted: sampling/createMessage, elicitation/create or roots/list")
    private List<String> clientRequests = List.of();

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description =
                    "where its calls are forwarded to; not needed with the address of an MCP server")
    private String upstream = "";

    @Option(
            names = "--accept-unbound",
            description =
                    "take tokens that are bound to no key, too: whoever finds one can use it for minutes")
    private boolean acceptUnbound;

    @Option(
            names = "--verifies-tokens",
            description =
                    "it verifies tokens itself: they live for five minutes at most and say where their status is published")
    private boolean verifiesTokens;

    @Option(
            names = "--allow-private",
            description = "load the document from a private or loopback address, too")
    private boolean allowPrivate;

    ServiceAdd(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
        this.credential = new CredentialOptions(shell);
    }

    @Override
    public Integer call() {
        String objection = credential.objection();
        if (objection.isEmpty()) {
            objection = connection.objection();
        }
        if (objection.isEmpty()) {
            objection = sources();
        }
        if (!objection.isEmpty()) {
            throw new ParameterException(spec.commandLine(), objection);
        }
        Json.Obj injected = credential.toJson();
        if (!mcp.isEmpty()) {
            return addMcp(injected);
        }
        if (!stdio.isEmpty()) {
            return printing.answer(
                    operator.send(
                            "PUT",
                            "/v1/services/" + name,
                            Json.object()
                                    .put("stdio", stdio)
                                    .put("client", Json.strings(clientRequests))
                                    .build()),
                    this::print);
        }
        String source = Urls.withoutUser(openApi);
        String document = document(source);
        shell.note("importing %,d bytes …".formatted(document.length()));
        Answer answer =
                operator.send(
                        "PUT",
                        "/v1/services/" + name,
                        Json.object()
                                .put("source", source)
                                .put("openapi", document)
                                .put("upstream", upstream)
                                .put("credential", injected)
                                .put("tls", connection.tls())
                                .put("cookies", connection.cookies())
                                .put("accept_unbound", acceptUnbound ? Json.of(true) : null)
                                .put("verifies_tokens", verifiesTokens ? Json.of(true) : null)
                                .build());
        return printing.answer(answer, this::print);
    }

    /// What is wrong with where the service is described and stands; empty for nothing.
    private String sources() {
        long given = Stream.of(openApi, mcp, stdio).filter(text -> !text.isEmpty()).count();
        if (given != 1) {
            return "give --openapi with a document, or --mcp or --stdio with an MCP server";
        }
        if (!stdio.isEmpty()) {
            return upstream.isEmpty() ? "" : "--upstream does not go with --stdio";
        }
        if (mcp.isEmpty() && !clientRequests.isEmpty()) {
            return "--client-request goes with --mcp";
        }
        return upstream.isEmpty() && !McpOffer.remote(mcp) ? "--upstream is missing" : "";
    }

    private Integer addMcp(Json.Obj injected) {
        String source = Urls.withoutUser(mcp);
        shell.note(Visible.of("asking %s what it offers …".formatted(source)));
        Json offer = McpOffer.of(mcp, injected, allowPrivate, clientRequests);
        Answer answer =
                operator.send(
                        "PUT",
                        "/v1/services/" + name,
                        Json.object()
                                .put("source", source)
                                .put("mcp", offer)
                                .put("upstream", upstream.isEmpty() ? mcp : upstream)
                                .put("credential", injected)
                                .put("tls", connection.tls())
                                .put("cookies", connection.cookies())
                                .put("accept_unbound", acceptUnbound ? Json.of(true) : null)
                                .put("verifies_tokens", verifiesTokens ? Json.of(true) : null)
                                .build());
        return printing.answer(answer, this::print);
    }

    private String document(String source) {
        shell.note(Visible.of("loading %s …".formatted(source)));
        Fetch fetch = allowPrivate ? Fetch.allowingPrivateAddresses() : Fetch.fromPublicAddresses();
        try {
            return InputFiles.utf8(fetch.load(openApi), "`%s`".formatted(source));
        } catch (WireException e) {
            String said = String.valueOf(e.getMessage());
            throw new CommandFailure(
                    said.contains("not a public address") ? said + " with --allow-private" : said);
        }
    }

    private void print(Json registered) {
        JsonFields fields = JsonFields.of(registered);
        shell.say(
                Visible.of(
                        "service `%s` is registered: %s, %d operations, credential: %s"
                                .formatted(
                                        name,
                                        fields.string("title"),
                                        fields.longValue("operations"),
                                        fields.string("credential"))));
        fields.strings("warnings")
                .forEach(warning -> shell.note(Visible.of("daypass: warning: " + warning)));
        var skipped = new Table("SKIPPED", "WHY");
        fields.items("skipped").stream()
                .map(JsonFields::of)
                .forEach(s -> skipped.row(s.string("where"), s.string("why")));
        if (!skipped.empty()) {
            shell.say(skipped.lines());
        }
    }
}
