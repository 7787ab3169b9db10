package dev.daypass.cli.command;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.vault.Secret;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass agent enrol`.
@Command(description = "make a key here, and have it certified with an enrolment token")
final class AgentEnrol implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "enrolment token, or - to read it from standard input, unseen by others")
    private String token = "";

    @Option(names = "--force", description = "replace the identity that is there")
    private boolean force;

    AgentEnrol(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.agent = new AsAgent(shell);
    }

    @Override
    public Integer call() {
        if (!force && AgentIdentity.exists(agent.directory())) {
            throw new CommandFailure(
                    "there is an agent's identity in `%s` already; --identity names another place, --force replaces it"
                            .formatted(agent.directory()));
        }
        URI server = agent.server();
        Secret given = token.equals("-") ? InputFiles.secret(shell.in()) : Secret.of(token);
        AgentClient.enrol(server, given, agent.directory());
        Certified.print(shell, printing, agent);
        return ExitCode.OK;
    }
}
