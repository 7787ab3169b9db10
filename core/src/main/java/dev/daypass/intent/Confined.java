package dev.daypass.intent;

import dev.daypass.permission.Grant;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.OperationId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What confinement let through.
///
/// @param leaves the grant with its reasons
/// @param waiting leaves that the grant may have if a human agrees
/// @param spans where in the task the words of each leaf stand, of those that wait too
/// @param dropped operations that were left out, the telling ones first, at most
///   [Confinement#DROPPED_MAX]
/// @param droppedMore how many more were left out
/// @param notices the parts of the text that were not counted
/// @param confidence how sure the parser is that this is what the task needs, 0 to 1
/// @param questions what would make it surer
public record Confined(
        List<Leaf> leaves,
        List<Leaf> waiting,
        Map<OperationId, Span> spans,
        List<Dropped> dropped,
        int droppedMore,
        List<Notice> notices,
        double confidence,
        List<String> questions) {
    public Confined {
        leaves = List.copyOf(leaves);
        waiting = List.copyOf(waiting);
        spans = Map.copyOf(spans);
        dropped = List.copyOf(dropped);
        notices = List.copyOf(notices);
        questions = List.copyOf(questions);
    }

    /// Where in the task the words of one of its leaves stand.
    public Span span(Leaf leaf) {
        return Objects.requireNonNull(
                spans.get(leaf.permission().operation()), "a leaf of another grant");
    }

    public Grant grant() {
        return Grant.of(leaves.stream().map(Leaf::permission).toList());
    }
}
