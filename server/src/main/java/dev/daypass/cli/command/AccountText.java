package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of one account, a line each.
final class AccountText {
    private final Times times;
    private final List<String> lines = new ArrayList<>();

    private AccountText(Times times) {
        this.times = times;
    }

    /// Id, state, task, times, calls, endpoints: what the answer has of them.
    static List<String> facts(JsonFields account, Times times) {
        var text = new AccountText(times);
        text.line("account", account.string("id"));
        text.line("state", state(account));
        text.line("agent", account.stringOrNull("agent"));
        text.line("task", account.stringOrNull("task"));
        for (String source : account.strings("trust")) {
            text.line("trust", source);
        }
        JsonFields user = account.objectOrNull("user");
        text.line("user", user == null ? null : user(user));
        text.line(
                "unbound",
                account.booleanOr("unbound", false)
                        ? "whoever finds a token of it can use it"
                        : null);
        text.line("parent", account.stringOrNull("parent"));
        for (String delegate : account.strings("delegates")) {
            text.line("delegate", delegate);
        }
        Long depth = account.longOrNull("depth");
        text.line("depth", depth == null ? null : "%d generations below it".formatted(depth));
        text.time("opened", account.stringOrNull("opened_at"));
        String ended = account.stringOrNull("ended_at");
        text.time("ended", ended);
        text.time("expires", ended == null ? account.stringOrNull("expires_at") : null);
        text.line("calls", calls(account));
        if (account.take("endpoints") instanceof Json.Obj(var services)) {
            services.forEach((_, url) ->
                    text.line("endpoint", url instanceof Json.Str(var place) ? place : url.text()));
        }
        return text.lines;
    }

    static String state(JsonFields account) {
        String reason = account.stringOrNull("reason");
        String state = account.string("state").replace('_', ' ');
        if (WideningText.waits(account)) {
            return state + ", widening waits";
        }
        return reason == null ? state : "%s (%s)".formatted(state, reason.replace('_', ' '));
    }

    /// `anna of https://login.example`.
    private static String user(JsonFields user) {
        return "%s of %s".formatted(user.string("sub"), user.string("issuer"));
    }

    /// `3 of 10`, `at most 10`, or `null` where there is no bound.
    static @Nullable String calls(JsonFields account) {
        Long max = account.longOrNull("calls_max");
        Long used = account.longOrNull("calls_used");
        if (max == null) {
            return null;
        }
        return used == null ? "at most " + max : used + " of " + max;
    }

    private void time(String name, @Nullable String time) {
        line(name, time == null ? null : times.when(time));
    }

    private void line(String name, @Nullable String text) {
        if (text != null) {
            lines.add("%-9s %s".formatted(name, Visible.of(text)));
        }
    }
}
