package dev.daypass.edge;

import io.vertx.core.buffer.Buffer;

/// What is done to the body of an answer on its way to the agent.
interface BodyFilter {
    /// Whether it leaves everything as it is.
    boolean idle();

    /// The next part that may go out, given the next that came.
    ///
    /// @throws UnfitAnswer if nothing more of it may go out
    Buffer next(Buffer chunk);

    /// Whether nothing is to come at the end but what comes next.
    default boolean holdsNothing() {
        return idle();
    }

    /// What was held back, at the end.
    ///
    /// @throws UnfitAnswer if nothing more of it may go out
    Buffer rest();
}
