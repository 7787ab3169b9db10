package dev.daypass.bench;

import static dev.daypass.bench.Report.Better.HIGHER;
import static dev.daypass.bench.Report.Better.LOWER;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.Locale;

/// The figures as a table for people, each beside what was expected of it.
final class Report {
    private static final String CUT = "revoke.elsewhere.stream_cut.";

    private static final List<Row> ROWS =
            List.of(
                    new Row("open p50, ms", 1, LOWER, "open.p50_ms"),
                    new Row("open p99, ms", 5, LOWER, "open.p99_ms"),
                    new Row("opens/s", 8_000, HIGHER, "open.per_s"),
                    new Row("bare issuer ÷ open", 2.5, LOWER, "open.times_bare_issuer"),
                    new Row("call, added p50, ms", 0.3, LOWER, "call.added_p50_ms"),
                    new Row("call, added p99, ms", 2, LOWER, "call.added_p99_ms"),
                    new Row("calls/s", Double.NaN, HIGHER, "call.per_s"),
                    new Row("start to ready, ms", 2_000, LOWER, "start_ms"),
                    new Row("revoke p50, ms", 0.8, LOWER, "revoke.p50_ms"),
                    new Row("revoke p99, ms", 8, LOWER, "revoke.p99_ms"),
                    new Row("accepted after revoke", 0, LOWER, "revoke.accepted_after"),
                    new Row("with 8 edges elsewhere, p50", 2, LOWER, "revoke.elsewhere.p50_ms"),
                    new Row("with 8 edges elsewhere, p99", 8, LOWER, "revoke.elsewhere.p99_ms"),
                    new Row(
                            "with 2 edges elsewhere, p50",
                            Double.NaN,
                            LOWER,
                            "revoke.elsewhere_few.p50_ms"),
                    new Row(
                            "with 2 edges elsewhere, p99",
                            Double.NaN,
                            LOWER,
                            "revoke.elsewhere_few.p99_ms"),
                    new Row(
                            "8 in one process, p50",
                            Double.NaN,
                            LOWER,
                            "revoke.elsewhere_one_process.p50_ms"),
                    new Row(
                            "8 in one process, p99",
                            Double.NaN,
                            LOWER,
                            "revoke.elsewhere_one_process.p99_ms"),
                    new Row("edge learned → cut, p50", Double.NaN, LOWER, CUT + "learned.p50_ms"),
                    new Row("edge learned → cut, p99", 10, LOWER, CUT + "learned.p99_ms"),
                    new Row("sent → seen cut, p50", Double.NaN, LOWER, CUT + "p50_ms"),
                    new Row("sent → seen cut, p99", Double.NaN, LOWER, CUT + "p99_ms"),
                    new Row("bare NATS, 8, p50", Double.NaN, LOWER, "revoke.nats.p50_ms"),
                    new Row("bare NATS, 8, p99", Double.NaN, LOWER, "revoke.nats.p99_ms"),
                    new Row("bare Redis, 8, p50", Double.NaN, LOWER, "revoke.redis.p50_ms"),
                    new Row("bare Redis, 8, p99", Double.NaN, LOWER, "revoke.redis.p99_ms"),
                    new Row("state bytes, ended account", 400, LOWER, "bytes_per_account"),
                    new Row("fact bytes, account", Double.NaN, LOWER, "storage.fact_bytes"),
                    new Row(
                            "heap bytes, living account",
                            Double.NaN,
                            LOWER,
                            "storage.heap_bytes_living"),
                    new Row("facts/s durable, 64", 20_000, HIGHER, "ledger.facts_per_s"),
                    new Row("append p50, ms", Double.NaN, LOWER, "ledger.append_p50_ms"),
                    new Row("append p99, ms", Double.NaN, LOWER, "ledger.append_p99_ms"),
                    new Row("bare fsync p50, ms", Double.NaN, LOWER, "ledger.fsync_p50_ms"),
                    new Row("bare fsync p99, ms", Double.NaN, LOWER, "ledger.fsync_p99_ms"),
                    new Row("bytes, account of 4 facts", 1_024, LOWER, "ledger.account_bytes"),
                    new Row("… outside the ledger", 400, LOWER, "ledger.account_bytes_outside"),
                    new Row(
                            "parse p50, 50 ops, ms",
                            Double.NaN,
                            LOWER,
                            "parse.operations_50.p50_ms"),
                    new Row("parse p99, 50 ops, ms", 2, LOWER, "parse.operations_50.p99_ms"),
                    new Row(
                            "parse p50, 2,000 ops, ms",
                            Double.NaN,
                            LOWER,
                            "parse.operations_2000.p50_ms"),
                    new Row("parse p99, 2,000 ops, ms", 10, LOWER, "parse.operations_2000.p99_ms"),
                    new Row("understand p99, 2,000, ms", 5, LOWER, "parse.understand_2000.p99_ms"),
                    new Row(
                            "word overlap p99, 2,000, ms",
                            Double.NaN,
                            LOWER,
                            "parse.word_overlap_2000.p99_ms"),
                    new Row("explain p50, ms", 150, LOWER, "command.served.p50_ms"),
                    new Row("explain p90, ms", Double.NaN, LOWER, "command.served.p90_ms"),
                    new Row("explain, first, ms", Double.NaN, LOWER, "command.first_ms"),
                    new Row("own process p50, ms", Double.NaN, LOWER, "command.own_process.p50_ms"),
                    new Row("own process p90, ms", Double.NaN, LOWER, "command.own_process.p90_ms"),
                    new Row("curl p50, ms", Double.NaN, LOWER, "command.curl.p50_ms"),
                    new Row("curl p90, ms", Double.NaN, LOWER, "command.curl.p90_ms"),
                    new Row("run, added p50, ms", 150, LOWER, "run.added_p50_ms"),
                    new Row("run p90, ms", Double.NaN, LOWER, "run.run.p90_ms"),
                    new Row("run, processor, ms", Double.NaN, LOWER, "run.run.cpu_ms"),
                    new Row("program alone p50, ms", Double.NaN, LOWER, "run.program.p50_ms"),
                    new Row("shell around it p50, ms", Double.NaN, LOWER, "run.shell.p50_ms"),
                    new Row("curl for a token p50, ms", Double.NaN, LOWER, "run.curl_token.p50_ms"),
                    new Row("curl, TLS alone p50, ms", Double.NaN, LOWER, "run.curl_tls.p50_ms"),
                    new Row("java alone p50, ms", Double.NaN, LOWER, "run.java.p50_ms"),
                    new Row("python alone p50, ms", Double.NaN, LOWER, "run.python.p50_ms"),
                    new Row("node alone p50, ms", Double.NaN, LOWER, "run.node.p50_ms"),
                    new Row("per core ÷ HAProxy", 2.5, HIGHER, "edge.per_core_times_haproxy"),
                    new Row("per core ÷ nginx", 0.4, HIGHER, "edge.per_core_times_nginx"),
                    new Row("added p50 ÷ HAProxy, 1", 0.8, LOWER, "edge.added_p50_1_times_haproxy"),
                    new Row(
                            "added p50 ÷ HAProxy, 32",
                            0.4,
                            LOWER,
                            "edge.added_p50_32_times_haproxy"),
                    new Row("p99 ÷ nginx, 32", 2, LOWER, "edge.p99_32_times_nginx"),
                    new Row(
                            "new connections ÷ nginx",
                            0.8,
                            HIGHER,
                            "edge.new_connections_times_nginx"),
                    new Row(
                            "1,000,000 living: opens/s",
                            Double.NaN,
                            HIGHER,
                            "living.at_1000000.opens_per_s"),
                    new Row("… overdue, ms", Double.NaN, LOWER, "living.at_1000000.overdue_ms"),
                    new Row(
                            "… start to ready, ms",
                            Double.NaN,
                            LOWER,
                            "living.at_1000000.start_ms"),
                    new Row("… resident, MiB", Double.NaN, LOWER, "living.at_1000000.resident_mib"),
                    new Row(
                            "shopping agent, longer by %",
                            2, LOWER, "agents.shopping.sdk.transaction_longer_percent"),
                    new Row(
                            "research agent, longer by %",
                            2, LOWER, "agents.research.sdk.transaction_longer_percent"),
                    new Row("10,000 idle, MiB", 512, LOWER, "idle.resident_mib"),
                    new Row("steady p50, ms", Double.NaN, LOWER, "steady.call.p50_ms"),
                    new Row("steady p99.9, ms", 5, LOWER, "steady.call.p999_ms"),
                    new Row(
                            "worst minute, p99.9, ms",
                            Double.NaN,
                            LOWER,
                            "steady.worst_minute_p999_ms"));

    private Report() {}

    enum Better {
        LOWER,
        HIGHER
    }

    /// @param name of the figure
    /// @param expected of it; not a number for nothing
    /// @param better which way
    /// @param path to the figure, its names joined by dots
    private record Row(String name, double expected, Better better, String path) {
        String line(Json result) {
            double value = value(result);
            return "%-28s %12s  %10s  %s"
                    .formatted(name, shown(value), target(), met(value) ? "met" : verdict(value));
        }

        double value(Json result) {
            return Figures.number(result, path.split("\\.", -1));
        }

        private String target() {
            return Double.isNaN(expected)
                    ? ""
                    : switch (better) {
                                case LOWER -> "≤ ";
                                case HIGHER -> "≥ ";
                            }
                            + shown(expected);
        }

        private boolean met(double value) {
            return switch (better) {
                case LOWER -> value <= expected;
                case HIGHER -> value >= expected;
            };
        }

        private String verdict(double value) {
            return Double.isNaN(expected) || Double.isNaN(value) ? "" : "MISSED";
        }

        private static String shown(double value) {
            return value == Math.rint(value) || value >= 1_000
                    ? String.format(Locale.ROOT, "%,d", Math.round(value))
                    : String.format(Locale.ROOT, "%.3f", value);
        }
    }

    static String table(Json result) {
        var out = new StringBuilder();
        out.append("%-28s %12s  %10s%n".formatted("figure", "measured", "expected"));
        for (Row row : ROWS) {
            if (!Double.isNaN(row.value(result))) {
                out.append(row.line(result)).append(System.lineSeparator());
            }
        }
        return out.toString();
    }
}
