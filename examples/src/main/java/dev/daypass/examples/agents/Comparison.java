package dev.daypass.examples.agents;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// One agent in all its ways, side by side in one run.
///
/// @param agent whose
/// @param secretName what it held before
/// @param findings by way, in order
record Comparison(String agent, String secretName, Map<Way, Finding> findings) {
    /// @param rounds of each way, alternating; besides one of each that is looked into
    /// @param progress told what is going on
    static Comparison of(World world, Worked worked, int rounds, Consumer<String> progress) {
        var findings = new EnumMap<Way, Finding>(Way.class);
        for (Way way : worked.ways()) {
            progress.accept("%s, %s: looked into".formatted(worked.name(), way.title()));
            findings.put(way, inspected(world, worked, way));
        }
        for (int round = 1; round <= rounds; round++) {
            for (Way way : worked.ways()) {
                progress.accept(
                        "%s, %s: round %d of %d"
                                .formatted(worked.name(), way.title(), round, rounds));
                Trial.Timed timed = new Trial(world, worked, way).timed();
                findings.computeIfPresent(way, (_, finding) -> finding.with(timed));
            }
        }
        return new Comparison(worked.name(), worked.secretName(), findings);
    }

    private static Finding inspected(World world, Worked worked, Way way) {
        Trial.Inspected trial = new Trial(world, worked, way).inspected();
        Trial.Loot loot = trial.loot();
        return new Finding(
                way,
                loot.secret() ? 1 : 0,
                loot.tokens().size(),
                stolen(worked, loot),
                left(world, worked, trial),
                List.of(),
                List.of(),
                List.of());
    }

    private static String stolen(Worked worked, Trial.Loot loot) {
        if (loot.secret() && worked.opensWithSecret()) {
            return "all it opens, from anywhere";
        }
        long served =
                loot.tokens().stream().filter(token -> worked.statusWithToken(token) < 400).count();
        if (served > 0) {
            return "calls, with %d tokens".formatted(served);
        }
        return loot.tokens().isEmpty() ? "nothing there" : "nothing: refused";
    }

    private static String left(World world, Worked worked, Trial.Inspected trial) {
        if (trial.outcome().account().isEmpty()) {
            return worked.opensWithSecret() ? "a secret that works" : "nothing";
        }
        Answer account =
                world.operator("GET", "/v1/accounts/" + trial.outcome().account().get(), null);
        return "account %s (%s)"
                .formatted(
                        account.text("state").orElse("unknown"),
                        account.text("reason").orElse("why is unknown"));
    }

    Finding finding(Way way) {
        Finding finding = findings.get(way);
        if (finding == null) {
            throw new IllegalArgumentException(way.name());
        }
        return finding;
    }

    /// Whether no secret was in any process but the old one's, and no account is left.
    boolean asTold() {
        return findings.values().stream()
                .allMatch(finding ->
                        finding.secrets() == (finding.way() == Way.BEFORE ? 1 : 0)
                                && (finding.way() == Way.BEFORE
                                        || finding.left().startsWith("account ended")));
    }

    Json.Obj toJson() {
        Finding before = finding(Way.BEFORE);
        var out = Json.object();
        findings.forEach((way, finding) ->
                out.put(way.name().toLowerCase(Locale.ROOT), finding.toJson(before)));
        return out.build();
    }
}
