package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.intent.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words that a widening is judged by: the account's task, then what its agent says now, then
/// what a trusted source says. A source that the account does not trust has no part in it.
///
/// @param parts in this order
record Passage(List<Part> parts) {
    Passage {
        parts = List.copyOf(parts);
    }

    /// @param from `task`, `reason` or `source`
    /// @param text the words
    record Part(String from, String text) {}

    static Passage of(Account account, WidenRequest request) {
        var parts = new ArrayList<Part>();
        parts.add(new Part("task", account.task()));
        if (request.task() != null) {
            parts.add(new Part("reason", request.task()));
        }
        parts.add(new Part("reason", request.reason()));
        WidenRequest.Source source = request.source();
        if (source != null && trusted(account, source)) {
            parts.add(new Part("source", source.quote()));
        }
        return new Passage(parts);
    }

    /// Whether the account has trusted this source since it was opened.
    static boolean trusted(Account account, WidenRequest.@Nullable Source source) {
        return source != null && account.trust().contains(source.from().strip());
    }

    String text() {
        return String.join("\n", parts.stream().map(Part::text).toList());
    }

    /// Where words of the text come from, such as `reason`, or `task, source` where they span both.
    String from(Span words) {
        var out = new LinkedHashSet<String>();
        int at = 0;
        for (Part part : parts) {
            int next = at + part.text().length() + 1;
            if (words.start() < next - 1 && words.end() > at) {
                out.add(part.from());
            }
            at = next;
        }
        return String.join(", ", out);
    }
}
