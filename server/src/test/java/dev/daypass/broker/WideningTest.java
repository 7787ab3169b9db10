package dev.daypass.broker;

import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.Account;
import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Widening accounts, on a real store.
class WideningTest {
    private static final String MANAGER = "mail from manager@shop.example";

    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
        house.putService(
                Sample.SERVICE,
                List.of(
                        House.operation(Sample.SERVICE, "listOffers", HttpMethod.GET, Trait.READ),
                        House.operation(Sample.SERVICE, "listPrices", HttpMethod.GET, Trait.READ),
                        House.operation(Sample.SERVICE, "listSecrets", HttpMethod.GET, Trait.ADMIN),
                        House.operation(
                                Sample.SERVICE, "createBookings", HttpMethod.POST, Trait.WRITE)));
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
        house.enrolled(Sample.OTHER_AGENT, null, House.print('B').value());
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private Widening widen(AccountId id, String reason) {
        return widen(id, reason, null);
    }

    private Widening widen(AccountId id, String reason, WidenRequest.@Nullable Source source) {
        return join(
                house.broker
                        .widenings()
                        .widen(
                                new WidenRequest(
                                        claimant(Sample.AGENT, 'A'), id, reason, null, source),
                                widening -> widening));
    }

    private Widening.Granted granted(AccountId id, String reason) {
        return assertInstanceOf(Widening.Granted.class, widen(id, reason));
    }

    private Refusal refused(AccountId id, String reason) {
        return assertInstanceOf(Widening.Refused.class, widen(id, reason)).why();
    }

    private AccountId open() {
        return house.active(House.request()).account().id();
    }

    private Account account(AccountId id) {
        return Broker.details(house.stored(id)).orElseThrow();
    }

    private static List<String> operations(Account account) {
        return account.leaves().stream().map(leaf -> leaf.permission().operation().name()).toList();
    }

    private JsonFields lastTry(AccountId id) {
        return JsonFields.of(house.broker.widenings().history(house.stored(id)).getLast());
    }

    private Refusal notApproved(AccountId id) {
        return Objects.requireNonNull(
                join(house.approvals.approve(Sample.TENANT, id, "root")).refused());
    }

    @Test
    void what_only_reads_is_granted_by_the_words_and_the_new_token_says_so() {
        Opening.Active opened = house.active(House.request());
        AccountId id = opened.account().id();

        Widening.Granted widened = granted(id, "also list the prices");

        assertEquals(List.of("listOffers", "listPrices"), operations(widened.account()));
        assertEquals(opened.account().term(), widened.account().term());
        assertEquals(widened.account(), account(id));
        assertNotEquals(opened.token(), widened.token());
        assertTrue(payload(widened.token()).contains("listPrices"));
        assertFalse(payload(opened.token()).contains("listPrices"));
        assertInstanceOf(Fact.AccountWidened.class, house.heard.getLast().fact());
        assertFalse(widened.toString().contains(widened.token()));
    }

    private static String payload(String token) {
        return new String(
                java.util.Base64.getUrlDecoder().decode(token),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void what_changes_something_waits_for_a_human_who_sees_the_difference() {
        AccountId id = open();

        Widening widening = widen(id, "then create bookings for them");

        assertInstanceOf(Widening.Waiting.class, widening);
        assertEquals(List.of("listOffers"), operations(account(id)));
        JsonFields waiting = lastTry(id);
        assertEquals("awaiting_approval", waiting.string("state"));
        assertEquals("then create bookings for them", waiting.string("reason"));
        JsonFields added = JsonFields.of(waiting.items("added").getFirst());
        assertEquals("createBookings", added.string("operation"));
        assertTrue(added.string("from").endsWith("reason"));
        assertEquals(Refusal.Kind.CONFLICT, refused(id, "also list the prices").kind());

        assertNull(join(house.approvals.approve(Sample.TENANT, id, "root")).refused());

        assertEquals(List.of("createBookings", "listOffers"), operations(account(id)));
        assertEquals("granted", lastTry(id).string("state"));
        assertEquals("root", lastTry(id).string("by"));
        assertInstanceOf(
                Renewal.Renewed.class, join(house.broker.renew(claimant(Sample.AGENT, 'A'), id)));
    }

    @Test
    void a_human_who_refuses_leaves_the_account_as_it_was() {
        AccountId id = open();
        widen(id, "then create bookings for them");

        assertNull(join(house.approvals.deny(Sample.TENANT, id, "root")).refused());

        assertEquals(AccountState.ACTIVE, house.stored(id).state());
        assertEquals(List.of("listOffers"), operations(account(id)));
        assertEquals("refused", lastTry(id).string("state"));
        assertEquals("operator:root", lastTry(id).string("by"));
        assertEquals(Refusal.Kind.CONFLICT, notApproved(id).kind());
    }

    @Test
    void whom_a_rule_asks_for_must_agree_to_a_widening_too() {
        AccountId id = open();
        house.registry.putRules(
                Sample.TENANT,
                "rules",
                """
                rules:
                  - name: bookings-need-security
                    on: [open]
                    approve: "account.grant.exists(g, g.operation == 'createBookings')"
                    by: security
                """);
        widen(id, "then create bookings for them");

        Refusal refusal = notApproved(id);

        assertEquals(Refusal.Kind.FORBIDDEN, refusal.kind());
        assertEquals(List.of("listOffers"), operations(account(id)));
        join(house.approvals.approve(Sample.TENANT, id, "security"));
        assertEquals(List.of("createBookings", "listOffers"), operations(account(id)));
    }

    @Test
    void a_rule_on_opening_denies_a_widening_by_the_whole_grant_that_it_would_give() {
        AccountId id = open();
        house.registry.putRules(
                Sample.TENANT,
                "rules",
                """
                rules:
                  - name: one-list
                    on: [open]
                    deny: "account.grant.size() > 1"
                    message: One list is enough.
                """);

        Refusal refusal = refused(id, "also list the prices");

        assertEquals("decide", refusal.step());
        assertEquals("One list is enough.", refusal.detail());
        assertEquals("refused", lastTry(id).string("state"));
    }

    @Test
    void a_cap_that_the_account_is_beyond_refuses_the_widening_and_shortens_nothing() {
        AccountId id = open();
        house.registry.putRules(
                Sample.TENANT,
                "rules",
                """
                rules:
                  - name: short
                    on: [open]
                    cap: { ttl: 5m }
                    when: "true"
                """);

        assertEquals("decide", refused(id, "also list the prices").step());
        house.clock.forward(Duration.ofMinutes(5));
        Widening.Granted widened = granted(id, "also list the prices");

        assertEquals(Sample.START.plus(House.TTL_DEFAULT), widened.account().term().deadline());
    }

    @Test
    void nothing_outside_the_ceiling_is_had_by_widening() {
        AccountId id = open();

        Refusal refusal = refused(id, "list the secrets, admin");

        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, refusal.kind());
        assertTrue(refusal.extra().containsKey("dropped"));
        assertEquals(List.of("listOffers"), operations(account(id)));
    }

    @Test
    void tries_are_counted_refused_ones_too_and_the_sixth_is_not_judged() {
        AccountId id = open();
        for (int i = 0; i < Widenings.WIDENINGS_MAX; i++) {
            assertEquals(Refusal.Kind.NOTHING_TO_GRANT, refused(id, "list the offers").kind());
        }
        int facts = house.heard.size();

        Refusal refusal = refused(id, "also list the prices");

        assertEquals(Refusal.Kind.CONFLICT, refusal.kind());
        assertEquals(facts, house.heard.size());
        assertEquals(5, house.broker.widenings().history(house.stored(id)).size());
    }

    @Test
    void a_quote_counts_only_where_its_source_was_trusted_when_the_account_was_opened() {
        AccountId wary = open();
        AccountId trusting =
                house.active(
                                new OpenRequest(
                                        claimant(Sample.AGENT, 'A'),
                                        House.TASK,
                                        null,
                                        Set.of(),
                                        null,
                                        null,
                                        List.of(MANAGER)))
                        .account()
                        .id();
        var quote = new WidenRequest.Source(MANAGER, "please list the prices as well");
        var other = new WidenRequest.Source("mail from a stranger", "list the prices");

        assertInstanceOf(Widening.Refused.class, widen(wary, "as the mail says", quote));
        assertInstanceOf(Widening.Refused.class, widen(trusting, "as the mail says", other));
        var granted =
                assertInstanceOf(
                        Widening.Granted.class, widen(trusting, "as the mail says", quote));

        assertEquals(List.of("listOffers", "listPrices"), operations(granted.account()));
        JsonFields told = lastTry(trusting);
        assertTrue(JsonFields.of(told.items("added").getFirst()).string("from").endsWith("source"));
        assertEquals(
                Json.of(true), Objects.requireNonNull(told.objectOrNull("source")).take("trusted"));
    }

    @Test
    void an_account_that_is_over_or_waits_or_is_anothers_is_not_widened() {
        AccountId ended = open();
        join(house.endings.end(Sample.TENANT, ended, EndReason.COMPLETED, Sample.AGENT));
        AccountId overdue = open();
        house.clock.forward(House.TTL_DEFAULT);
        house.registry.putRules(
                Sample.TENANT,
                "rules",
                """
                rules:
                  - name: always
                    on: [open]
                    approve: "true"
                """);
        AccountId waiting = house.waiting(House.request()).account().id();

        assertEquals(Refusal.Kind.CONFLICT, refused(ended, "also list the prices").kind());
        assertEquals(Refusal.Kind.CONFLICT, refused(overdue, "also list the prices").kind());
        assertEquals(Refusal.Kind.CONFLICT, refused(waiting, "also list the prices").kind());
        var stranger =
                join(
                        house.broker
                                .widenings()
                                .widen(
                                        new WidenRequest(
                                                claimant(Sample.OTHER_AGENT, 'B'),
                                                waiting,
                                                "also list the prices",
                                                null,
                                                null),
                                        widening -> widening));
        assertEquals(
                Refusal.Kind.NOT_FOUND,
                assertInstanceOf(Widening.Refused.class, stranger).why().kind());
    }

    @Test
    void a_child_gets_no_more_than_its_parent_has_and_is_not_widened_with_it() {
        AccountId parent = open();
        AccountId child =
                house.active(House.below(parent, Duration.ofMinutes(5), null)).account().id();

        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, refused(child, "also list the prices").kind());
        granted(parent, "also list the prices");

        assertEquals(List.of("listOffers"), operations(account(child)));
        assertEquals(
                List.of("listOffers", "listPrices"),
                operations(granted(child, "also list the prices").account()));
    }

    @Test
    void of_many_tries_at_once_each_is_counted_once_and_no_more_than_five_are_judged() {
        AccountId id = open();
        var all = new ArrayList<CompletableFuture<Widening>>();
        for (int i = 0; i < 12; i++) {
            all.add(CompletableFuture.supplyAsync(() -> widen(id, "also list the prices")));
        }
        long granted =
                all.stream()
                        .map(CompletableFuture::join)
                        .filter(widening -> widening instanceof Widening.Granted)
                        .count();

        assertEquals(1, granted);
        int tries = house.broker.widenings().history(house.stored(id)).size();
        assertTrue(tries <= Widenings.WIDENINGS_MAX, "tries: " + tries);
        assertEquals(List.of("listOffers", "listPrices"), operations(account(id)));
    }

    @Test
    void ending_wins_over_a_widening_that_waits() {
        AccountId id = open();
        widen(id, "then create bookings for them");
        join(house.endings.revoke(Sample.TENANT, id, "root"));

        Refusal refusal = notApproved(id);

        assertEquals(Refusal.Kind.CONFLICT, refusal.kind());
        assertEquals(AccountState.ENDED, house.stored(id).state());
    }
}
