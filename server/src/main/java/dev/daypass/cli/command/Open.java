package dev.daypass.cli.command;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.dpop.ProofKey;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import dev.daypass.wire.WireException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass open`.
@Command(
        description = "open an account for a task; its token is the last line",
        footer = "Ends with status 3 where a human has to approve first.")
final class Open implements Callable<Integer> {
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;
    @Mixin private final TaskOptions options = new TaskOptions();

    @Parameters(paramLabel = "TASK", description = "what the agent is about to do, in words")
    private String task = "";

    @Option(names = "--uses", paramLabel = "N", description = "good for so many calls, such as 1")
    private @Nullable Long uses;

    @Option(names = "--calls", paramLabel = "N", description = "budget of calls")
    private @Nullable Long calls;

    @Option(names = "--parent", paramLabel = "ID", description = "delegated from this account")
    private @Nullable AccountId parent;

    @Option(
            names = "--delegate",
            paramLabel = "AGENT",
            description = "another agent that may open accounts below this one; may be repeated")
    private final List<AgentId> delegates = new ArrayList<>();

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "how many generations of accounts may be below this one; 0 for none")
    private @Nullable Long depth;

    @Option(
            names = "--trust",
            paramLabel = "SOURCE",
            description =
                    "a source whose quoted words may widen the account, such as `mail from manager@…`; may be repeated")
    private final List<String> trust = new ArrayList<>();

    @Option(
            names = "--on-behalf-of",
            paramLabel = "TOKEN-FILE",
            description = "for the user whose token is in this file, within what they may hand on")
    private @Nullable Path userTokenFile;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "bind the token to this public key, a JWK, which the program that uses it proves with each call (DPoP)")
    private @Nullable Path key;

    @Option(names = "--wait", description = "wait for the human, if one has to approve")
    private boolean wait;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "write the token there, for its owner alone, instead of printing it")
    private @Nullable Path tokenFile;

    Open(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.agent = new AsAgent(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (tokenFile != null) {
            OutputFiles.requireWritable(tokenFile);
        }
        AgentClient client = agent.client();
        Answer answer = client.open(request());
        if (!answer.good()) {
            return Refused.print(shell, printing, answer);
        }
        var opened = new Opened(shell, printing, tokenFile);
        if (answer.status() != 202) {
            return opened.active(answer.json());
        }
        if (!wait) {
            return opened.waiting(answer.json());
        }
        opened.tellNeeds(answer.json());
        return decided(client, opened, JsonFields.of(answer.json()).string("id"));
    }

    private Json request() {
        JsonObjectBuilder request = options.bounds().in(Json.object().put("task", task));
        request.put("uses", uses == null ? null : Json.of(uses));
        request.put("budget", calls == null ? null : Json.object().put("calls", calls).build());
        request.put("trust", trust.isEmpty() ? null : Json.strings(trust));
        request.put(
                "on_behalf_of",
                userTokenFile == null ? null : InputFiles.secret(userTokenFile).reveal());
        request.put(
                "delegates",
                delegates.isEmpty()
                        ? null
                        : Json.strings(delegates.stream().map(AgentId::value).toList()));
        request.put("depth", depth == null ? null : Json.of(depth));
        request.put("parent", parent == null ? null : parent.value());
        request.put("key", key == null ? null : Json.object().put("jwk", publicKey(key)).build());
        return request.build();
    }

    /// A file with a private key in it is refused here: nothing of it is sent.
    private static Json.Obj publicKey(Path file) {
        try {
            if (Json.parse(InputFiles.text(file)) instanceof Json.Obj jwk) {
                ProofKey.of(jwk);
                return jwk;
            }
        } catch (WireException e) {
            throw new CommandFailure(Visible.of("`%s`: %s".formatted(file, e.getMessage())));
        }
        throw new CommandFailure(Visible.of("`%s` is not a JWK".formatted(file)));
    }

    private int decided(AgentClient client, Opened opened, String id) throws InterruptedException {
        String path = "/v1/accounts/" + new AccountId(id);
        while (true) {
            Answer now = client.send("GET", path, null);
            if (!now.good()) {
                return printing.refused(now);
            }
            switch (now.text("state").orElse("")) {
                case "awaiting_approval" -> shell.pause().of(POLL);
                case "active" -> {
                    Answer token = client.send("POST", path + "/token", null);
                    return token.good()
                            ? opened.active(merged(now.json(), token.json()))
                            : printing.refused(token);
                }
                default -> {
                    return opened.ended(now.json());
                }
            }
        }
    }

    private static Json merged(Json account, Json token) {
        var members =
                new java.util.LinkedHashMap<String, Json>(
                        account instanceof Json.Obj(var known) ? known : java.util.Map.of());
        if (token instanceof Json.Obj(var more)) {
            members.putAll(more);
        }
        return Json.obj(members);
    }
}
