package dev.daypass.ledger;

import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.List;

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

    /// Which edges in other processes said that they know of endings, and when. After that, or
    /// after the leases of those that did not, none serves what ended.
    ///
    /// @param upTo the last fact that they know
    /// @param edges each with the time that it took
    /// @param waitedOut how many leases had to run out
    /// @param micros until all knew, or their leases had run out
    record EdgesKnew(long upTo, List<Edge> edges, int waitedOut, long micros) implements NewsFact {
        /// @param name of the edge
        /// @param micros since the endings were durable
        public record Edge(String name, long micros) {}

        public EdgesKnew {
            edges = List.copyOf(edges);
        }

        @Override
        public Json.Obj body() {
            List<Json> each = new ArrayList<>();
            for (Edge edge : edges) {
                each.add(
                        Json.object()
                                .put("edge", edge.name())
                                .put("micros", edge.micros())
                                .build());
            }
            return Json.object()
                    .put("up_to", upTo)
                    .put("edges", Json.array(each))
                    .put("waited_out", waitedOut)
                    .put("micros", micros)
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
