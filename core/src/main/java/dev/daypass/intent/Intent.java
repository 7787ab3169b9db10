package dev.daypass.intent;

import java.util.List;

/// What a parser proposes for a task. It has no authority: [Confinement] decides.
///
/// @param proposals best first
/// @param confidence how sure the parser is that this is what the task needs, 0 to 1
/// @param questions what it would ask to be surer, in words for whoever wrote the task
public record Intent(List<Proposal> proposals, double confidence, List<String> questions) {
    public Intent {
        proposals = List.copyOf(proposals);
        questions = List.copyOf(questions);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence " + confidence);
        }
    }

    /// An intent without doubts.
    public static Intent of(List<Proposal> proposals) {
        return new Intent(proposals, proposals.isEmpty() ? 0 : 1, List.of());
    }
}
