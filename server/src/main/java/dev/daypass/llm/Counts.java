package dev.daypass.llm;

/// Counts what becomes of questions, for the metrics.
public interface Counts {
    /// @param outcome `answered`, `cached`, or why there was no answer, in lower case
    void question(String outcome);

    /// @param tokens that an answer cost
    void tokens(long tokens);
}
