package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import java.util.Objects;

/// Rules as a table.
final class RulesText {
    private RulesText() {}

    static List<String> lines(Json rules) {
        var table = new Table("RULE", "ON", "EFFECT", "WHERE");
        for (JsonFields rule : Printing.rows(rules)) {
            table.row(
                    rule.string("name"),
                    String.join(", ", rule.strings("on")),
                    effect(rule),
                    Objects.requireNonNullElse(rule.stringOrNull("condition"), ""));
        }
        return table.linesOr("no rules: what is inside an agent's ceiling is allowed");
    }

    private static String effect(JsonFields rule) {
        var out = new StringBuilder(rule.string("effect"));
        String by = rule.stringOrNull("by");
        String ttl = rule.stringOrNull("ttl");
        Long calls = rule.longOrNull("calls");
        out.append(by == null ? "" : " by " + by);
        out.append(ttl == null ? "" : " ttl " + ttl);
        out.append(calls == null ? "" : " calls " + calls);
        return out.toString();
    }
}
