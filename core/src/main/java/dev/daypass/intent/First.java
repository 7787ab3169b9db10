package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Range;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a task's first wish supports by itself.
sealed interface First {
    /// Whether an operation is dangerous and more than the first wish asks for.
    boolean leavesOut(Shape shape, Proposal proposal);

    static First of(Task task, Bounds bounds) {
        Catalog all = bounds.reach().all();
        return switch (bounds.later()) {
            case GRANT -> new Whole();
            case ASK -> {
                String head = FirstWish.in(task.text(), all);
                yield head.length() == task.text().length() || head.isBlank()
                        ? new Whole()
                        : Part.of(new Task(head), task, bounds.reach());
            }
        };
    }

    /// Every wish counts, or there is only one.
    record Whole() implements First {
        @Override
        public boolean leavesOut(Shape shape, Proposal proposal) {
            return false;
        }
    }

    /// @param head the task up to the end of its first wish
    /// @param support that it gives
    /// @param read what the embedded parser reads in it
    /// @param readAfter what the embedded parser reads in the whole task
    record Part(
            String head,
            Support support,
            Map<OperationId, Proposal> read,
            Set<OperationId> readAfter)
            implements First {
        static Part of(Task head, Task whole, Reach reach) {
            return new Part(
                    head.text(),
                    new Support(Reading.of(head, reach.all()), reach.all()),
                    read(head, reach),
                    read(whole, reach).keySet());
        }

        private static Map<OperationId, Proposal> read(Task task, Reach reach) {
            return new EmbeddedParser()
                    .understand(task, reach.inside()).proposals().stream()
                            .collect(
                                    Collectors.toMap(p -> p.operation().id(), p -> p, (a, _) -> a));
        }

        @Override
        public boolean leavesOut(Shape shape, Proposal proposal) {
            boolean dangerous =
                    shape.operation().traits().stream().anyMatch(Support.DANGEROUS::contains);
            return dangerous
                    && (proposal.because().end() > head.length()
                            || !support.against(shape, proposal.because()).isEmpty()
                            || !within(proposal));
        }

        // A later sentence must neither have an operation found nor loosen its bounds. What only a
        // model finds has the words for it alone.
        private boolean within(Proposal proposal) {
            Proposal first = read.get(proposal.operation().id());
            if (first == null) {
                return !readAfter.contains(proposal.operation().id())
                        && proposal.constraints().values().stream().allMatch(this::says);
            }
            return first.constraints().entrySet().stream()
                    .allMatch(e -> {
                        Constraint mine = proposal.constraints().get(e.getKey());
                        return mine != null && mine.within(e.getValue());
                    });
        }

        private boolean says(Constraint constraint) {
            String said = plain(head);
            return switch (constraint) {
                case Constraint.OneOf(var values) ->
                        values.stream().allMatch(v -> said.contains(plain(v)));
                case Range(var _, var max) -> said.contains(max.toPlainString());
                case Constraint.All _, Constraint.IfGiven _, Constraint.Single _ -> false;
            };
        }

        private static String plain(String text) {
            return text.replace(",", "").toLowerCase(Locale.ROOT);
        }
    }
}
