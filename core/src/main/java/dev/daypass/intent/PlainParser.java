package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Ranks operations by the task's words: the words that name them, the argument values that are
/// mentioned, and whether the task asks to read or to change. Looks at names only, never at
/// descriptions.
public final class PlainParser implements IntentParser {
    private static final double KEEP_FROM_BEST = 0.6;
    private static final double SCORE_MIN = 0.55;
    private static final double ARGUMENT_WEIGHT = 1.0;
    private static final double READING_WEIGHT = 0.3;
    private static final int PROPOSALS_MAX = 20;
    private static final Comparator<Proposal> BEST_FIRST =
            Comparator.comparingDouble(Proposal::score)
                    .reversed()
                    .thenComparing(p -> p.operation().id());

    @Override
    public Intent understand(Task task, Catalog reach) {
        Reading reading = Reading.of(task);
        boolean looks = reading.asksToLook();
        var ranked = new ArrayList<Proposal>();
        for (Catalog.Entry entry : reach.entries()) {
            if (looks || !onlyLooks(entry.operation())) {
                Proposal proposal = propose(reading, entry, reach);
                if (proposal.score() >= SCORE_MIN) {
                    ranked.add(proposal);
                }
            }
        }
        ranked.sort(BEST_FIRST);
        double best = ranked.isEmpty() ? 0 : ranked.getFirst().score();
        return Intent.of(
                ranked.stream()
                        .filter(p -> p.score() >= KEEP_FROM_BEST * best)
                        .limit(PROPOSALS_MAX)
                        .toList());
    }

    private static Proposal propose(Reading reading, Catalog.Entry entry, Catalog reach) {
        var evidence = new Evidence(entry.operation());
        reading.telling.forEach((stem, span) -> {
            if (entry.names().contains(stem)) {
                evidence.cite(span, reach.weight(stem));
            }
        });
        boolean named = evidence.found();
        for (Parameter parameter : entry.operation().parameters()) {
            // A number in the task could be an argument of anything: by itself it names nothing.
            boolean telling = named || !parameter.choices().isEmpty();
            reading.arguments
                    .mentioned(parameter)
                    .ifPresent(mention -> {
                        evidence.bind(parameter.slot(), mention.values());
                        if (telling) {
                            evidence.cite(mention.span(), ARGUMENT_WEIGHT);
                        }
                    });
        }
        Span asking = reading.asking;
        if (asking != null && evidence.found() && entry.reads()) {
            evidence.cite(asking, READING_WEIGHT);
        }
        return evidence.proposal();
    }

    private static boolean onlyLooks(Operation operation) {
        return operation.traits().contains(Trait.READ);
    }

    /// A task as it is matched, the same for every operation.
    ///
    /// @param stems of all words
    /// @param telling where each word stands first that can name something
    /// @param asking the first word that asks to look, or `null`
    /// @param arguments finds values
    private record Reading(
            Set<String> stems,
            Map<String, Span> telling,
            @Nullable Span asking,
            Arguments arguments) {
        static Reading of(Task task) {
            List<Word> words = Word.of(task.text());
            var stems = new HashSet<String>();
            var telling = new LinkedHashMap<String, Span>();
            Span asking = null;
            for (Word word : words) {
                stems.add(word.stem());
                if (!Lexicon.stop(word.stem())) {
                    telling.putIfAbsent(word.stem(), word.span());
                }
                if (asking == null && Lexicon.reading(word.stem())) {
                    asking = word.span();
                }
            }
            return new Reading(stems, telling, asking, new Arguments(task, words));
        }

        /// A task that only asks for a change does not ask to see what it changes.
        boolean asksToLook() {
            return asking != null || !Lexicon.changing(stems);
        }
    }

    /// Gathers what speaks for one operation.
    private static final class Evidence {
        private final Operation operation;
        private final Map<String, Constraint> bounds = new TreeMap<>();
        private final List<Span> spans = new ArrayList<>();
        private double score;

        Evidence(Operation operation) {
            this.operation = operation;
        }

        void cite(Span span, double weight) {
            spans.add(span);
            score += weight;
        }

        void bind(String slot, List<String> values) {
            bounds.put(slot, new Constraint.OneOf(values));
        }

        boolean found() {
            return !spans.isEmpty();
        }

        Proposal proposal() {
            Span because = spans.stream().reduce(Span::and).orElse(new Span(0, 1));
            return new Proposal(operation, bounds, because, spans.isEmpty() ? 0 : score);
        }
    }
}
