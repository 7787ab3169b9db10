package dev.daypass.edge;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Passed;
import io.vertx.core.buffer.Buffer;

/// Counts server-sent events on their way: an event ends with an empty line (HTML Living Standard,
/// section 9.2.6).
final class EventCount implements Exchange.Stream {
    private final Fact.CallMade opened;
    private long events;
    private long bytes;
    private boolean lineEmpty = true;
    private boolean something;
    private boolean afterReturn;

    EventCount(Fact.CallMade opened) {
        this.opened = opened;
    }

    void add(Buffer chunk) {
        bytes += chunk.length();
        for (int i = 0; i < chunk.length(); i++) {
            byte octet = chunk.getByte(i);
            boolean secondHalf = octet == '\n' && afterReturn;
            afterReturn = octet == '\r';
            if (secondHalf) {
                continue;
            }
            if (octet == '\n' || octet == '\r') {
                if (lineEmpty && something) {
                    events++;
                    something = false;
                }
                lineEmpty = true;
            } else {
                something |= lineEmpty && octet != ':'; // a comment is no event
                lineEmpty = false;
            }
        }
    }

    @Override
    public Fact.CallMade made() {
        return opened.with(new Passed(0, 0, events, bytes));
    }
}
