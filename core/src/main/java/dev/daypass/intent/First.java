package dev.daypass.intent;

import dev.daypass.permission.Constraint;
import java.util.Locale;

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
                        : new Part(head, new Support(Reading.of(new Task(head), all), all));
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
    record Part(String head, Support support) implements First {
        @Override
        public boolean leavesOut(Shape shape, Proposal proposal) {
            boolean dangerous =
                    shape.operation().traits().stream().anyMatch(Support.DANGEROUS::contains);
            return dangerous
                    && (!support.against(shape, proposal.because()).isEmpty()
                            || !proposal.constraints().values().stream().allMatch(this::says));
        }

        // A bound that a later sentence could have set may be wider than the first wish's.
        private boolean says(Constraint constraint) {
            String said = head.replace(",", "").toLowerCase(Locale.ROOT);
            return switch (constraint) {
                case Constraint.OneOf(var values) ->
                        values.stream()
                                .allMatch(v ->
                                        said.contains(
                                                v.replace(",", "").toLowerCase(Locale.ROOT)));
                case Constraint.AtMost(var max) -> said.contains(max.toPlainString());
            };
        }
    }
}
