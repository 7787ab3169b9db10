package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A report on an account, as lines for a terminal and as a page.
final class ReportText {
    private static final String SHREDDED = "shredded";

    private ReportText() {}

    /// A heading with what stands under it.
    private record Part(String heading, List<String> lines) {}

    static List<String> lines(Json report) {
        var out = new ArrayList<String>();
        for (Part part : parts(JsonFields.of(report))) {
            if (!out.isEmpty()) {
                out.add("");
            }
            out.add(part.heading());
            part.lines().forEach(line -> out.add("  " + line));
        }
        return out;
    }

    /// A page that stands alone: no script, nothing from elsewhere.
    static String page(Json report) {
        var out =
                new StringBuilder(
                        """
                        <!doctype html>
                        <html lang="en">
                        <meta charset="utf-8">
                        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                        <title>Report on an account</title>
                        <style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}pre{white-space:pre-wrap}</style>
                        """);
        for (Part part : parts(JsonFields.of(report))) {
            out.append("<h2>").append(escaped(part.heading())).append("</h2>\n<pre>");
            part.lines().forEach(line -> out.append(escaped(line)).append('\n'));
            out.append("</pre>\n");
        }
        return out.append("</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static List<Part> parts(JsonFields report) {
        boolean shredded = report.booleanOr("shredded", false);
        var out = new ArrayList<Part>();
        out.add(new Part("Account " + Visible.of(report.string("account")), who(report)));
        List<Json> widenings =
                report.take("widenings") instanceof Json.Arr(var tries) ? tries : List.of();
        if (!widenings.isEmpty()) {
            out.add(new Part("Asked for more", widenings.stream().map(ReportText::asked).toList()));
        }
        out.add(new Part("Granted", granted(report, shredded)));
        out.add(new Part("Really used", used(report)));
        List<String> unused = report.strings("unused");
        if (!unused.isEmpty()) {
            out.add(new Part("Granted and never used", unused.stream().map(Visible::of).toList()));
        }
        out.add(new Part(count("Calls", report, "calls_made"), calls(report)));
        out.add(new Part(count("Refused", report, "calls_refused"), refused(report)));
        out.add(new Part("End", end(report)));
        return out;
    }

    private static String count(String what, JsonFields report, String member) {
        return "%s: %d".formatted(what, report.longValue(member));
    }

    private static List<String> who(JsonFields report) {
        var out = new ArrayList<String>();
        out.add("task      " + text(report.stringOrNull("task")));
        out.add("agent     " + Visible.of(report.string("agent")));
        JsonFields user = report.objectOrNull("user");
        if (user != null) {
            out.add(
                    "for user  %s of %s"
                            .formatted(
                                    Visible.of(user.string("sub")),
                                    Visible.of(user.string("issuer"))));
        }
        String approved = report.stringOrNull("approved_by");
        boolean active = report.booleanOr("active", false);
        out.add(
                "approved  "
                        + (approved != null
                                ? "by " + Visible.of(approved)
                                : active ? "by rule, no human was asked" : "by nobody")
                        + (report.take("widenings") == null ? "" : "; for more see below"));
        out.add(
                "opened    %s (fact %d)"
                        .formatted(report.string("opened_at"), report.longValue("opened_fact")));
        out.add("deadline  " + Objects.requireNonNullElse(report.stringOrNull("deadline"), "–"));
        return out;
    }

    private static String text(@Nullable String personal) {
        return personal == null ? SHREDDED : "“" + Visible.of(personal) + "”";
    }

    /// What was asked, what became of it, and who decided.
    private static String asked(Json widening) {
        JsonFields fields = JsonFields.of(widening);
        String by = fields.stringOrNull("by");
        String why = fields.stringOrNull("why");
        return text(fields.stringOrNull("reason"))
                + ": "
                + Visible.of(fields.string("state").replace('_', ' '))
                + (by == null ? "" : " by " + Visible.of(by))
                + (why == null ? "" : ": " + Visible.of(why));
    }

    private static List<String> granted(JsonFields report, boolean shredded) {
        var out = new ArrayList<String>();
        for (Json leaf : report.items("granted")) {
            JsonFields fields = JsonFields.of(leaf);
            out.add(Visible.of(GrantText.name(fields)));
            GrantText.bounds(fields).forEach(bound -> out.add("  " + bound));
            String because = fields.stringOrNull("because");
            if (because != null && !because.isEmpty()) {
                out.add("  because “" + Visible.of(because) + "”");
            }
        }
        return out.isEmpty() ? List.of(shredded ? SHREDDED : "nothing") : out;
    }

    private static List<String> used(JsonFields report) {
        var out = new ArrayList<String>();
        for (Json row : report.items("used")) {
            JsonFields fields = JsonFields.of(row);
            out.add(
                    "%6d  %s"
                            .formatted(
                                    fields.longValue("calls"),
                                    Visible.of(fields.string("operation"))));
        }
        return out.isEmpty() ? List.of("nothing") : out;
    }

    private static List<String> calls(JsonFields report) {
        var table = new Table("fact", "at", "operation", "status", "request");
        for (Json row : report.items("calls")) {
            JsonFields fields = JsonFields.of(row);
            table.row(
                    Long.toString(fields.longValue("fact")),
                    fields.string("at"),
                    GrantText.name(fields),
                    Long.toString(fields.longValue("status")),
                    Objects.requireNonNullElse(fields.stringOrNull("request"), SHREDDED));
        }
        return table.linesOr("none");
    }

    private static List<String> refused(JsonFields report) {
        var table = new Table("fact", "at", "service", "step", "why");
        for (Json row : report.items("refused")) {
            JsonFields fields = JsonFields.of(row);
            table.row(
                    Long.toString(fields.longValue("fact")),
                    fields.string("at"),
                    fields.string("service"),
                    fields.string("step"),
                    Objects.requireNonNullElse(fields.stringOrNull("why"), SHREDDED));
        }
        return table.linesOr("none");
    }

    private static List<String> end(JsonFields report) {
        JsonFields ended = report.objectOrNull("ended");
        if (ended == null) {
            return List.of("it lives");
        }
        var out = new ArrayList<String>();
        out.add(
                "%s by %s at %s (fact %d)"
                        .formatted(
                                Visible.of(ended.string("reason")),
                                Visible.of(ended.string("by")),
                                ended.string("at"),
                                ended.longValue("fact")));
        out.add("no edge served it after that was answered");
        JsonFields knew = ended.objectOrNull("edges_knew");
        if (knew != null) {
            knew.items("edges").stream().map(JsonFields::of).forEach(edge -> out.add(knew(edge)));
            if (knew.longValue("waited_out") > 0) {
                out.add("leases that ran out instead: " + knew.longValue("waited_out"));
            }
        }
        return out;
    }

    private static String knew(JsonFields edge) {
        return "edge %s knew after %.1f ms"
                .formatted(Visible.of(edge.string("edge")), edge.longValue("micros") / 1e3);
    }
}
