package dev.daypass.fleet;

import dev.daypass.feed.MessageJson;
import dev.daypass.feed.Snapshot;
import dev.daypass.http.Talk;
import dev.daypass.http.TalkSocket;
import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.ToEdge;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The feed of one edge: news goes down, and what it has applied comes up, over one connection that
/// stays open. Who is no edge any more, or shows another certificate, is told nothing more and not
/// believed any more.
final class EdgeTalk implements Talk {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeTalk.class);
    private static final int HEARD_CHARS_MAX = 1_024;

    private final FleetParts parts;
    private final Handing handing;
    private final long applied;
    private volatile Runnable stop = () -> {};

    /// @param applied the last fact that the edge has applied
    EdgeTalk(FleetParts parts, Handing handing, long applied) {
        this.parts = parts;
        this.handing = handing;
        this.applied = applied;
    }

    @Override
    public void begin(TalkSocket to) {
        // First to hear, then to look: what comes twice does no harm.
        stop = parts.fleet().follow(news -> send(to, news));
        ToEdge.News<Snapshot, Recorded> missed = parts.fleet().since(applied);
        if (missed != null) {
            send(to, missed);
        }
    }

    private void send(TalkSocket to, ToEdge.News<Snapshot, Recorded> news) {
        try {
            if (known()) {
                to.send(MessageJson.write(handing.told(news)).text());
                return;
            }
        } catch (RuntimeException e) {
            // One edge's news must not keep others from hearing: it asks for what it missed.
            LOG.warn("edge {} is not told: {}", handing.edge().name(), e.getMessage());
        }
        to.end();
    }

    private boolean known() {
        String shown = String.valueOf(handing.edge().thumbprint());
        // With other rights it comes again, too: what is told depends on them.
        return handing.edge().equals(parts.registry().edge(handing.edge().name(), shown));
    }

    /// Whose it is the certificate says, not the message.
    @Override
    public void heard(String text) {
        if (text.length() > HEARD_CHARS_MAX || !known()) {
            throw new WireException("too long, or of no edge any more");
        }
        if (MessageJson.read(handing.edge().name(), Json.parse(text))
                instanceof FromEdge.Acknowledge acknowledge) {
            parts.fleet().acknowledged(acknowledge);
        } else {
            throw new WireException("only acknowledgements are said here");
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
