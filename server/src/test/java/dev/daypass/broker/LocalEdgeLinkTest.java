package dev.daypass.broker;

import static dev.daypass.broker.House.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.feed.LocalFeed;
import dev.daypass.feed.Snapshot;
import dev.daypass.identity.AccountId;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Span;
import dev.daypass.intent.Task;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an edge hears, and what it does through its link.
class LocalEdgeLinkTest {
    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putFlights();
        house.enrolled(Sample.AGENT, null, House.print('A').value());
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private AccountId opened(long calls) {
        return house.active(
                        new OpenRequest(
                                House.claimant(Sample.AGENT, 'A'),
                                House.TASK,
                                null,
                                Set.of(),
                                null,
                                calls))
                .account()
                .id();
    }

    private void end(AccountId id) {
        join(house.endings.end(Sample.TENANT, id, EndReason.REVOKED, null));
    }

    @Test
    void an_edge_that_joins_knows_what_ended_early_and_hears_what_ends_later() {
        AccountId before = opened(1);
        AccountId after = opened(1);
        end(before);
        var news = new ArrayList<Recorded>();

        Snapshot snapshot = house.link.join(news::add);
        end(after);

        assertEquals(Map.of(before, House.after(House.TTL_DEFAULT)), snapshot.ended());
        assertEquals(Sample.SERVICE, snapshot.services().getFirst().id());
        assertEquals(List.of(after), news.stream().map(Recorded::account).toList());
    }

    @Test
    void an_ending_is_heard_before_it_is_answered() {
        var news = new ArrayList<AccountId>();
        house.link.join(fact -> {
            if (fact.fact() instanceof Fact.AccountEnded && fact.account() != null) {
                news.add(fact.account());
            }
        });
        AccountId id = opened(1);

        end(id);

        assertEquals(List.of(id), news);
    }

    @Test
    void calls_are_had_while_there_are_some_and_the_account_lives() {
        AccountId id = opened(3);

        assertEquals(2L, join(house.link.reserve(Sample.TENANT, id, 2)));
        assertEquals(1L, join(house.link.reserve(Sample.TENANT, id, 2)));
        assertEquals(0L, join(house.link.reserve(Sample.TENANT, id, 2)));
        assertEquals(0L, join(house.link.reserve(Sample.OTHER_TENANT, opened(3), 2)));
    }

    @Test
    void a_spent_account_ends_and_one_with_calls_left_does_not() {
        AccountId spent = opened(2);
        AccountId left = opened(2);
        join(house.link.reserve(Sample.TENANT, spent, 2));
        join(house.link.reserve(Sample.TENANT, left, 1));

        house.link.spent(Sample.TENANT, spent, 2);
        house.link.spent(Sample.TENANT, left, 1);
        join(house.link.reserve(Sample.TENANT, left, -1));

        assertEquals(EndReason.SPENT, house.stored(spent).reason());
        assertEquals(AccountState.ACTIVE, house.stored(left).state());
    }

    @Test
    void a_spent_account_does_not_end_while_another_edge_may_be_making_its_last_call() {
        AccountId id = opened(3);
        join(house.allotments.reserve("berlin", Sample.TENANT, id, 1));
        join(house.allotments.reserve("oslo", Sample.TENANT, id, 2));

        house.allotments.spent("berlin", Sample.TENANT, id, 1);
        // Said before its second call was set aside, heard after.
        house.allotments.spent("oslo", Sample.TENANT, id, 1);
        join(house.link.reserve(Sample.TENANT, id, 1));
        assertEquals(AccountState.ACTIVE, house.stored(id).state());

        house.allotments.spent("oslo", Sample.TENANT, id, 2);
        join(house.link.reserve(Sample.TENANT, id, 1));
        assertEquals(EndReason.SPENT, house.stored(id).reason());
    }

    @Test
    void an_account_whose_child_had_all_its_calls_ends_when_it_asks_for_one() {
        AccountId parent = opened(2);
        AccountId child =
                house.active(House.below(parent, Duration.ofMinutes(1), 2L)).account().id();
        join(house.link.reserve(Sample.TENANT, child, 2));
        house.link.spent(Sample.TENANT, child, 2);

        assertEquals(0L, join(house.link.reserve(Sample.TENANT, parent, 1)));
        house.link.spent(Sample.TENANT, parent, 0);
        join(house.link.reserve(Sample.TENANT, parent, -1));

        assertEquals(EndReason.SPENT, house.stored(parent).reason());
    }

    @Test
    void an_account_does_not_end_on_the_word_of_an_edge_that_was_given_nothing() {
        AccountId id = opened(1);
        join(house.allotments.reserve("berlin", Sample.TENANT, id, 1));

        house.allotments.spent("oslo", Sample.TENANT, id, 0);
        house.allotments.spent("oslo", Sample.TENANT, id, 1);
        join(house.link.reserve(Sample.TENANT, id, 1));

        assertEquals(AccountState.ACTIVE, house.stored(id).state());
    }

    @Test
    void what_an_edge_records_is_durable_when_the_stage_completes() {
        AccountId id = opened(1);
        var made = new Fact.CallMade(Sample.SERVICE, "listOffers", "GET /offers", 200, 7);

        join(house.link.record(Sample.TENANT, id, Sample.AGENT, made));

        assertEquals(made, house.heard.getLast().fact());
        assertEquals(1, house.store.usage(Sample.TENANT).getFirst().calls());
    }

    @Test
    void an_edge_is_stale_once_the_store_is_closed_or_somebody_did_not_hear() {
        assertTrue(house.link.fresh());
        house.link.join(_ -> {
            throw new IllegalStateException("deaf");
        });
        var news = new ArrayList<Recorded>();
        house.link.join(news::add);

        opened(1);

        assertFalse(house.link.fresh());
        assertEquals(1, news.size(), "the others still hear");
    }

    @Test
    void a_feed_tells_everybody_everything_and_then_that_somebody_failed() {
        var feed = new LocalFeed();
        var news = new ArrayList<Long>();
        feed.subscribe(_ -> {
            throw new IllegalStateException("deaf");
        });
        feed.subscribe(fact -> news.add(fact.sequence()));
        var fact = new Fact.AgentRemoved(Sample.AGENT);

        assertThrows(
                IllegalStateException.class,
                () ->
                        feed.accept(
                                List.of(
                                        new Recorded(1, Sample.START, Sample.TENANT, null, fact),
                                        new Recorded(2, Sample.START, Sample.TENANT, null, fact))));

        assertEquals(List.of(1L, 2L), news);
    }

    @Test
    void a_grant_too_large_for_its_token_is_found_by_its_hash_also_after_a_restart()
            throws IOException {
        house.close();
        house =
                new House(
                        Files.createDirectory(home.resolve("large")),
                        LocalEdgeLinkTest::everything);
        house.enrolled(Sample.AGENT, null, House.print('A').value());
        var many = new ArrayList<Operation>();
        for (int i = 0; i < 20; i++) {
            String name = "listOffers" + "OfMany".repeat(30) + i;
            many.add(House.operation(Sample.SERVICE, name, HttpMethod.GET, Trait.READ));
        }
        house.putService(Sample.SERVICE, many);

        var account = house.active(House.request()).account();
        String hash = account.grant().resourceHash();
        assertEquals(account.grant(), house.link.largeGrant(hash));
        assertNull(house.link.largeGrant("other"));

        var reloaded = new LargeGrants(House.TTL_MAX);
        reloaded.load(house.store, Sample.TENANT, 1_000);
        assertNotNull(reloaded.find(hash));
        end(account.id());
        var empty = new LargeGrants(House.TTL_MAX);
        empty.load(house.store, Sample.TENANT, 1_000);
        assertNull(empty.find(hash));
    }

    private static Intent everything(Task task, Catalog reach) {
        var because = new Span(0, task.text().length());
        return Intent.of(
                reach.operations().stream()
                        .map(operation -> new Proposal(operation, Map.of(), because, 1))
                        .toList());
    }
}
