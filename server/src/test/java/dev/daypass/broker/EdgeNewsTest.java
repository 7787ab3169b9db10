package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.feed.Snapshot;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.ToEdge;
import dev.daypass.store.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeNewsTest {
    private final EdgeNews news = new EdgeNews(10);
    private final List<ToEdge.News<Snapshot, Recorded>> told = new ArrayList<>();

    private static Recorded fact(long sequence, Fact what) {
        return new Recorded(sequence, Instant.EPOCH, Sample.TENANT, Sample.id(1), what);
    }

    private static Recorded ended(long sequence) {
        return fact(sequence, new Fact.AccountEnded("revoked", "operator", Instant.EPOCH));
    }

    @Test
    void what_was_committed_together_is_told_together_and_in_order() {
        news.follow(told::add);

        news.take(ended(11));
        news.take(fact(12, new Fact.TokenRenewed("t")));
        news.take(ended(13));
        news.tell();
        news.tell();

        assertEquals(1, told.size());
        assertEquals(10, told.getFirst().after());
        assertEquals(13, told.getFirst().upTo());
        assertEquals(
                List.of(11L, 13L),
                told.getFirst().facts().stream().map(ToEdge.Numbered::sequence).toList());
    }

    @Test
    void each_message_begins_where_the_one_before_ended() {
        news.follow(told::add);

        news.take(ended(11));
        news.tell();
        news.take(ended(14));
        news.tell();

        assertEquals(11, told.getLast().after());
        assertEquals(14, told.getLast().upTo());
        assertEquals(14, news.head());
    }

    @Test
    void who_stopped_following_is_not_told() {
        Runnable stop = news.follow(told::add);
        stop.run();

        news.take(ended(11));
        news.tell();

        assertEquals(List.of(), told);
    }
}
