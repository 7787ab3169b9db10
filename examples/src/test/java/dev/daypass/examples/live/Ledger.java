package dev.daypass.examples.live;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;

/// The ledger of an installation, as an operator sees it.
final class Ledger {
    private static final int PAGE = 1_000;

    private Ledger() {}

    /// All facts, as text.
    static String of(Installation installation) {
        var out = new StringBuilder();
        for (int from = 1; ; from += PAGE) {
            Answer page =
                    installation
                            .operator()
                            .send("GET", "/v1/ledger/facts?limit=1000&from=" + from, null);
            out.append(page.bodyText());
            if (!(page.json() instanceof Json.Arr(var facts)) || facts.size() < PAGE) {
                return out.toString();
            }
        }
    }
}
