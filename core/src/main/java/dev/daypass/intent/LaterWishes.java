package dev.daypass.intent;

/// What becomes of a wish that stands behind the first one and changes, pays, sends, administers or
/// reveals something.
///
/// Appended words cannot be told from the author's own. Where agents pass on text that strangers
/// wrote, only what the first wish asks for is sure to be the author's.
public enum LaterWishes {
    /// It counts like the first.
    GRANT,
    /// It waits for a human.
    ASK
}
