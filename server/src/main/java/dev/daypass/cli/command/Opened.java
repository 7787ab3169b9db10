package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is printed of an account that was asked for.
final class Opened {
    private final Shell shell;
    private final Printing printing;
    private final @Nullable Path tokenFile;

    Opened(Shell shell, Printing printing, @Nullable Path tokenFile) {
        this.shell = shell;
        this.printing = printing;
        this.tokenFile = tokenFile;
    }

    /// The tree, what was left out, the account, and the token last.
    int active(Json account) {
        JsonFields fields = JsonFields.of(account);
        String token = fields.string("access_token");
        if (tokenFile != null) {
            OutputFiles.write(tokenFile, token + "\n");
        }
        if (printing.json()) {
            printing.json(tokenFile == null ? account : without(account, "access_token"));
            return ExitCode.OK;
        }
        tree(fields);
        shell.say(AccountText.facts(fields, new Times(shell.clock())));
        shell.say(
                tokenFile == null
                        ? Visible.of(token)
                        : Visible.of("token     in `%s`".formatted(tokenFile)));
        return ExitCode.OK;
    }

    /// The tree that it will have, who has to approve, and how.
    int waiting(Json account) {
        if (printing.json()) {
            printing.json(account);
        } else {
            JsonFields fields = JsonFields.of(account);
            tree(fields);
            shell.say(AccountText.facts(fields, new Times(shell.clock())));
            shell.say("");
            shell.say(needs(fields));
        }
        return ExitCode.WAITING;
    }

    /// Who has to approve, while waiting for it.
    void tellNeeds(Json account) {
        needs(JsonFields.of(account)).forEach(shell::note);
        shell.note("waiting …");
    }

    /// It ended before it was approved.
    int ended(Json account) {
        if (printing.json()) {
            printing.json(account);
        }
        JsonFields fields = JsonFields.of(account);
        shell.note(
                Visible.of(
                        "daypass: account %s %s; open another"
                                .formatted(fields.string("id"), AccountText.state(fields))));
        return ExitCode.FAILED;
    }

    private List<String> needs(JsonFields account) {
        var lines = new java.util.ArrayList<>(GrantText.needs(account));
        String id = Visible.of(account.string("id"));
        String until = account.stringOrNull("waits_until");
        lines.add(
                Visible.of(
                        "an operator decides%s: daypass approve %s, or: daypass deny %s"
                                .formatted(until == null ? "" : " until " + until, id, id)));
        return lines;
    }

    private void tree(JsonFields account) {
        shell.say(GrantText.tree(account, Ink.of(shell)));
        shell.say("");
        List<String> dropped = GrantText.dropped(account);
        if (!dropped.isEmpty()) {
            shell.say(dropped);
            shell.say("");
        }
    }

    private static Json without(Json account, String member) {
        if (!(account instanceof Json.Obj(var members))) {
            return account;
        }
        var rest = new LinkedHashMap<>(members);
        rest.remove(member);
        return Json.obj(rest);
    }
}
