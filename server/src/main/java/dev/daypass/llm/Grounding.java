package dev.daypass.llm;

import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Span;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps of a model's answer what can be found: operations that were shown, quotes that stand in
/// the task, values that the task states.
final class Grounding {
    private static final String JOINTS = "-_.@:+";

    private final String text;
    private final Candidates candidates;

    Grounding(Question question) {
        this.text = question.task().text();
        this.candidates = question.candidates();
    }

    /// The model is as sure as the share of its answer that was found.
    Intent intent(Answer answer) {
        var proposals = new LinkedHashMap<OperationId, Proposal>();
        int asked = answer.said().size();
        for (int i = 0; i < asked; i++) {
            Proposal proposal = proposal(answer.said().get(i), (double) (asked - i) / asked);
            if (proposal != null) {
                proposals.putIfAbsent(proposal.operation().id(), proposal);
            }
        }
        double found = asked == 0 ? 0 : (double) proposals.size() / asked;
        return new Intent(List.copyOf(proposals.values()), found, List.of());
    }

    private @Nullable Proposal proposal(Answer.Said said, double score) {
        Operation operation = candidates.find(said.operation());
        Span because = find(said.quote().strip(), false);
        return operation == null || because == null
                ? null
                : new Proposal(operation, constraints(operation, said.bounds()), because, score);
    }

    private Map<String, Constraint> constraints(Operation operation, List<Answer.Bound> bounds) {
        var values = new TreeMap<String, List<String>>();
        for (Answer.Bound bound : bounds) {
            for (Parameter parameter : operation.parameters()) {
                if (parameter.slot().equals(bound.parameter())
                        && states(parameter, bound.value())) {
                    values.computeIfAbsent(parameter.slot(), _ -> new ArrayList<>())
                            .add(bound.value());
                }
            }
        }
        var out = new TreeMap<String, Constraint>();
        values.forEach((slot, found) -> out.put(slot, new Constraint.OneOf(found)));
        return out;
    }

    /// Whether the task states this value: in these very letters, or as the label of a choice.
    private boolean states(Parameter parameter, String value) {
        if (parameter.choices().isEmpty()) {
            return isThing(find(value, false));
        }
        return parameter.choices().stream()
                .filter(choice -> choice.value().equals(value))
                .anyMatch(choice ->
                        isThing(find(value, false)) || find(choice.label(), true) != null);
    }

    /// The first place where `wanted` stands with no letter or digit touching it.
    private @Nullable Span find(String wanted, boolean ignoreCase) {
        if (wanted.chars().noneMatch(Character::isLetterOrDigit)) {
            return null;
        }
        for (int at = 0; at + wanted.length() <= text.length(); at++) {
            int end = at + wanted.length();
            if (text.regionMatches(ignoreCase, at, wanted, 0, wanted.length())
                    && !cutsWord(at)
                    && !cutsWord(end)) {
                return new Span(at, end);
            }
        }
        return null;
    }

    private boolean cutsWord(int at) {
        return isPart(at - 1) && isPart(at);
    }

    /// Whether a span is a whole value and not a piece of a longer one: `2026` is not stated by
    /// `2026-12-01`.
    private boolean isThing(@Nullable Span span) {
        return span != null
                && !(isJoint(span.start() - 1) && isPart(span.start() - 2))
                && !(isJoint(span.end()) && isPart(span.end() + 1));
    }

    private boolean isPart(int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    private boolean isJoint(int at) {
        return at >= 0 && at < text.length() && JOINTS.indexOf(text.charAt(at)) >= 0;
    }
}
