package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Ranks operations by the task's words: the words that name them, the argument values that are
/// mentioned, and whether the task asks to read or to change. Looks at names only, never at
/// descriptions.
public final class PlainParser implements IntentParser {
    private static final double KEEP_FROM_BEST = 0.6;
    private static final double SCORE_MIN = 0.55;
    private static final double ARGUMENT_WEIGHT = 1.0;
    private static final double READING_WEIGHT = 0.3;
    private static final int PROPOSALS_MAX = 20;

    @Override
    public Intent understand(Task task, Catalog reach) {
        var reading = new Reading(task, Word.of(task.text()));
        boolean looks = reading.asksToLook();
        List<Proposal> ranked =
                reach.entries().stream()
                        .filter(entry -> looks || !onlyLooks(entry.operation()))
                        .map(entry -> propose(reading, entry, reach))
                        .filter(p -> p.score() >= SCORE_MIN)
                        .sorted(
                                Comparator.comparingDouble(Proposal::score)
                                        .reversed()
                                        .thenComparing(p -> p.operation().id()))
                        .toList();
        double best = ranked.isEmpty() ? 0 : ranked.getFirst().score();
        return new Intent(
                ranked.stream()
                        .filter(p -> p.score() >= KEEP_FROM_BEST * best)
                        .limit(PROPOSALS_MAX)
                        .toList());
    }

    private static Proposal propose(Reading reading, Catalog.Entry entry, Catalog reach) {
        var evidence = new Evidence(entry.operation());
        Set<String> counted = new HashSet<>();
        for (Word word : reading.words) {
            boolean names = !Lexicon.stop(word.stem()) && entry.names().contains(word.stem());
            if (names && counted.add(word.stem())) {
                evidence.cite(word.span(), reach.weight(word.stem()));
            }
        }
        boolean named = evidence.found();
        for (Parameter parameter : entry.operation().parameters()) {
            // A number in the task could be an argument of anything: by itself it names nothing.
            boolean telling = named || !parameter.choices().isEmpty();
            Arguments.mentioned(parameter, reading.task, reading.words)
                    .ifPresent(mention -> {
                        evidence.bind(parameter.slot(), mention.values());
                        if (telling) {
                            evidence.cite(mention.span(), ARGUMENT_WEIGHT);
                        }
                    });
        }
        boolean looks = entry.names().stream().anyMatch(Lexicon::reading);
        reading.words.stream()
                .filter(w -> looks && evidence.found() && Lexicon.reading(w.stem()))
                .findFirst()
                .ifPresent(w -> evidence.cite(w.span(), READING_WEIGHT));
        return evidence.proposal();
    }

    private static boolean onlyLooks(Operation operation) {
        return operation.traits().contains(Trait.READ);
    }

    private record Reading(Task task, List<Word> words) {
        /// A task that only asks for a change does not ask to see what it changes.
        boolean asksToLook() {
            Set<String> stems = words.stream().map(Word::stem).collect(Collectors.toSet());
            return !Lexicon.changing(stems) || stems.stream().anyMatch(Lexicon::reading);
        }
    }

    /// Gathers what speaks for one operation.
    private static final class Evidence {
        private final Operation operation;
        private final java.util.Map<String, Constraint> bounds = new java.util.TreeMap<>();
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
