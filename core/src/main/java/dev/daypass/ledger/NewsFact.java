package dev.daypass.ledger;

import dev.daypass.wire.Json;

/// What was told to others than agents, and what others told.
public sealed interface NewsFact extends Fact {
    /// An operator registered a receiver of events, or took one away.
    ///
    /// @param stream its id
    /// @param endpoint where it is
    /// @param change `added` or `removed`
    /// @param by `operator:` and the operator's name
    record StreamChanged(String stream, String endpoint, String change, String by)
            implements NewsFact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("stream", stream)
                    .put("endpoint", endpoint)
                    .put("change", change)
                    .put("by", by)
                    .build();
        }
    }

    /// An identity provider told that something happened to a user; the user's accounts are over.
    ///
    /// @param issuer who said so
    /// @param tokenId `jti` of the event
    /// @param event its type, a URI
    /// @param ended how many accounts ended with it
    record EventAccepted(String issuer, String tokenId, String event, long ended)
            implements NewsFact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("issuer", issuer)
                    .put("jti", tokenId)
                    .put("event", event)
                    .put("ended", ended)
                    .build();
        }
    }
}
