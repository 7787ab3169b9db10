package dev.daypass.users;

import dev.daypass.identity.UserId;
import java.time.Instant;

/// What came of an event that an identity provider told.
public sealed interface EventCheck {
    /// What the user did before is over.
    ///
    /// @param user of whom it tells
    /// @param type of the event, a URI
    /// @param tokenId its `jti`
    /// @param issued its `iat`
    record Over(UserId user, String type, String tokenId, Instant issued) implements EventCheck {}

    /// It is an event, and nothing follows from it here.
    ///
    /// @param type of the event, a URI
    record Nothing(String type) implements EventCheck {}

    /// It is not believed.
    ///
    /// @param error as RFC 8935, section 2.4, names it
    /// @param why fit to be shown; tells nothing of which keys there are
    record Refused(String error, String why) implements EventCheck {}

    /// It cannot be judged now.
    ///
    /// @param why fit to be shown
    record Unavailable(String why) implements EventCheck {}
}
