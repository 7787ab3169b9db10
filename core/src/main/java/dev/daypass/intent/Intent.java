package dev.daypass.intent;

import java.util.List;

/// What a parser proposes for a task. It has no authority: [Confinement] decides.
///
/// @param proposals best first
public record Intent(List<Proposal> proposals) {
    public Intent {
        proposals = List.copyOf(proposals);
    }
}
