package dev.daypass.cli.command;

import dev.daypass.cli.AgentIdentity;
import dev.daypass.wire.Json;
import java.security.cert.X509Certificate;

/// What an agent has after enrolling or renewing.
final class Certified {
    private Certified() {}

    static void print(Shell shell, Printing printing, AsAgent agent) {
        AgentIdentity identity = agent.identity();
        X509Certificate certificate = identity.chain().getFirst();
        String until = certificate.getNotAfter().toInstant().toString();
        if (printing.json()) {
            printing.json(
                    Json.object()
                            .put("identity", agent.directory().toString())
                            .put("server", identity.server().toString())
                            .put("expires_at", until)
                            .build());
            return;
        }
        shell.say(
                Visible.of(
                        "key and certificate are in `%s`, for %s"
                                .formatted(agent.directory(), identity.server())));
        shell.say(
                "the certificate ends %s; renew it before with: daypass agent renew"
                        .formatted(new Times(shell.clock()).when(until)));
    }
}
