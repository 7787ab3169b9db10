package dev.daypass.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `daypass agent renew`.
@Command(description = "have a new key certified, before the certificate ends")
final class AgentRenew implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsAgent agent;

    AgentRenew(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.agent = new AsAgent(shell);
    }

    @Override
    public Integer call() {
        agent.renew();
        Certified.print(shell, printing, agent);
        return ExitCode.OK;
    }
}
