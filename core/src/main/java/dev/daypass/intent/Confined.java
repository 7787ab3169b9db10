package dev.daypass.intent;

import dev.daypass.permission.Grant;
import dev.daypass.permission.Leaf;
import java.util.List;

/// What confinement let through.
///
/// @param leaves the grant with its reasons
/// @param dropped operations that were left out, the telling ones first, at most
///   [Confinement#DROPPED_MAX]
/// @param droppedMore how many more were left out
public record Confined(List<Leaf> leaves, List<Dropped> dropped, int droppedMore) {
    public Confined {
        leaves = List.copyOf(leaves);
        dropped = List.copyOf(dropped);
    }

    public Grant grant() {
        return Grant.of(leaves.stream().map(Leaf::permission).toList());
    }
}
