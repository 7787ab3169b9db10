package dev.daypass.cli.command;

import dev.daypass.cli.Answer;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `daypass revoke`. When it has answered, no edge serves those accounts any more.
@Command(description = "end accounts at once, on every edge")
final class Revoke implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    /// Exactly one of them.
    static final class Which {
        @Parameters(paramLabel = "ID", description = "one account")
        private @Nullable AccountId id;

        @Option(names = "--agent", paramLabel = "NAME", description = "all of an agent")
        private @Nullable AgentId agent;

        @Option(names = "--service", paramLabel = "NAME", description = "all that use a service")
        private @Nullable ServiceId service;

        @ArgGroup(exclusive = false)
        private @Nullable Of user;

        @Option(names = "--tenant", paramLabel = "NAME", description = "all of a tenant")
        private @Nullable String tenant;

        @Option(names = "--all", description = "all there are")
        private boolean all;
    }

    /// A user, as their issuer names them.
    static final class Of {
        @Option(
                names = "--user",
                required = true,
                paramLabel = "SUBJECT",
                description = "all that act for a user")
        private String subject = "";

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "URL",
                description = "who names that user so")
        private String issuer = "";

        Json json() {
            return Json.object().put("issuer", issuer).put("subject", subject).build();
        }
    }

    Revoke(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        Answer revoked = send();
        if (revoked.good() && JsonFields.of(revoked.json()).longValue("accounts") == 0) {
            requireKnown("agent", which.agent);
            requireKnown("service", which.service);
        }
        return printing.answer(revoked, json -> shell.say(told(JsonFields.of(json))));
    }

    private static String told(JsonFields revoked) {
        String ended = "accounts ended: " + revoked.longValue("accounts");
        Json said = revoked.take("edges");
        if (said == null) {
            return ended;
        }
        JsonFields edges = JsonFields.of(said);
        long waitedOut = edges.longValue("waited_out");
        return "%s; edges that know: %d%s; %.1f ms"
                .formatted(
                        ended,
                        edges.longValue("acknowledged"),
                        waitedOut == 0 ? "" : ", leases that ran out: " + waitedOut,
                        edges.longValue("micros") / 1e3);
    }

    /// Whoever mistypes a name must not believe that something was revoked.
    private void requireKnown(String kind, @Nullable Object name) {
        if (name == null) {
            return;
        }
        Answer known = operator.send("GET", "/v1/" + kind + "s", null);
        if (known.good()
                && Printing.rows(known.json()).stream()
                        .noneMatch(row -> row.string("name").equals(name.toString()))) {
            throw new CommandFailure(
                    "nothing was revoked: there is no %s `%s`; see `daypass %s ls`"
                            .formatted(kind, name, kind));
        }
    }

    private Answer send() {
        if (which.id != null) {
            return operator.send("DELETE", "/v1/accounts/" + which.id, null);
        }
        return operator.send(
                "POST",
                "/v1/revoke",
                Json.object()
                        .put("agent", which.agent == null ? null : which.agent.value())
                        .put("service", which.service == null ? null : which.service.value())
                        .put("user", which.user == null ? null : which.user.json())
                        .put("tenant", which.tenant)
                        .put("all", which.all ? Json.of(true) : null)
                        .build());
    }
}
