package dev.daypass.broker;

import static dev.daypass.broker.House.below;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.account.Account;
import dev.daypass.account.OnBehalf;
import dev.daypass.config.UserIssuer;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.UserId;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Trait;
import dev.daypass.store.Sample;
import dev.daypass.users.UserGrants;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Accounts that act for users, on a real store.
class OnBehalfTest {
    private static final String ISSUER = "https://login.example";
    private static final Instant LONG = Sample.START.plus(Duration.ofDays(1));
    private static final String OFFERS = "allow: [{service: flights, operations: [listOffers]}]\n";
    private static final String EVERYTHING =
            "allow: [{service: flights, traits: [read, write]}]\nttl_max: 1m\ncalls_max: 3\n";

    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = house(home.resolve("a"), "clerks", EVERYTHING, UserIssuer.EVERYONE, OFFERS);
    }

    @AfterEach
    void closed() {
        house.close();
    }

    /// @param grants group, ceiling, group, ceiling …
    private static UserGrants grants(String... grants) {
        var byGroup = new LinkedHashMap<String, Ceiling>();
        for (int i = 0; i < grants.length; i += 2) {
            byGroup.put(grants[i], Ceiling.parse(grants[i], grants[i + 1]));
        }
        return new UserGrants(
                List.of(
                        new UserIssuer(
                                ISSUER,
                                "daypass",
                                new UserIssuer.Keys.InFile("jwks.json", ""),
                                Set.of(),
                                "groups",
                                byGroup)));
    }

    private static House house(Path at, String... grants) throws IOException {
        java.nio.file.Files.createDirectories(at);
        var house = new House(at, new EmbeddedParser(), grants(grants));
        house.putService(
                Sample.SERVICE,
                List.of(
                        House.operation(Sample.SERVICE, "listOffers", HttpMethod.GET, Trait.READ),
                        House.operation(Sample.SERVICE, "listPrices", HttpMethod.GET, Trait.READ),
                        House.operation(
                                Sample.SERVICE, "createBookings", HttpMethod.POST, Trait.WRITE)));
        house.enrolled(Sample.AGENT, House.CEILING, House.print('A').value());
        return house;
    }

    private static OnBehalf user(String name, Instant until, String... groups) {
        return new OnBehalf(new UserId(ISSUER, name), List.of(groups), until);
    }

    private static OpenRequest asking(String task, OnBehalf user) {
        return House.asking(task, null, null).onBehalfOf(user);
    }

    private static List<String> operations(Account account) {
        return account.leaves().stream().map(leaf -> leaf.permission().operation().name()).toList();
    }

    private Widening widen(AccountId id, String reason) {
        return join(
                house.broker
                        .widenings()
                        .widen(
                                new WidenRequest(
                                        claimant(Sample.AGENT, 'A'), id, reason, null, null),
                                widening -> widening));
    }

    @Test
    void an_account_for_a_user_has_what_both_may_and_says_for_whom_it_is() {
        Opening.Active opened =
                house.active(asking("list the offers and the prices", user("anna", LONG)));

        assertEquals(List.of("listOffers"), operations(opened.account()));
        assertEquals(new UserId(ISSUER, "anna"), opened.account().user());
        assertTrue(
                opened.confined().dropped().stream()
                        .anyMatch(d -> d.why().equals("outside what user `anna` may do")));
        assertEquals(
                opened.account(),
                Broker.details(house.stored(opened.account().id())).orElseThrow());
        Json fact = house.heard.getLast().fact().body();
        assertInstanceOf(Fact.AccountOpened.class, house.heard.getLast().fact());
        assertTrue(fact.text().contains("\"sub\":\"anna\""), fact::text);
        assertTrue(
                payload(opened.token())
                        .contains("\"obo\":{\"iss\":\"https://login.example\",\"sub\":\"anna\"}"));
    }

    private static String payload(String token) {
        return new String(
                java.util.Base64.getUrlDecoder().decode(token),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void who_may_hand_on_nothing_of_it_gets_nothing() {
        Refusal refusal = house.refusal(asking("list the prices", user("bob", LONG)));

        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, refusal.kind());
        Refusal stranger =
                house.refusal(
                        asking(
                                House.TASK,
                                new OnBehalf(
                                        new UserId("https://gone.example", "anna"),
                                        List.of("clerks"),
                                        LONG)));
        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, stranger.kind());
    }

    @Test
    void time_and_calls_are_those_of_the_ceiling_that_the_grant_lies_within() {
        Account clerk = house.active(asking(House.TASK, user("cleo", LONG, "clerks"))).account();
        Account anyone = house.active(asking(House.TASK, user("anna", LONG))).account();

        assertEquals(Sample.START.plusSeconds(60), clerk.term().deadline());
        assertEquals(3L, clerk.budget().calls());
        assertEquals(House.after(House.TTL_DEFAULT), anyone.term().deadline());
        assertEquals(500L, anyone.budget().calls());
    }

    @Test
    void an_account_ends_with_the_users_token() {
        Account account =
                house.active(asking(House.TASK, user("anna", Sample.START.plusSeconds(90))))
                        .account();

        assertEquals(Sample.START.plusSeconds(90), account.term().deadline());
        Refusal over = house.refusal(asking(House.TASK, user("anna", Sample.START)));
        assertEquals(Refusal.Kind.CONFLICT, over.kind());
    }

    @Test
    void an_account_that_waits_starts_within_the_users_token_or_not_at_all() {
        AccountId first =
                house.asked(asking(House.TASK, user("anna", Sample.START.plusSeconds(90))));
        AccountId second =
                house.asked(asking(House.TASK, user("anna", Sample.START.plusSeconds(90))));
        house.clock.forward(Duration.ofSeconds(30));

        assertNull(join(house.approvals.approve(Sample.TENANT, first, "ada")).refused());

        assertEquals(Sample.START.plusSeconds(90), house.stored(first).deadline());
        house.clock.forward(Duration.ofSeconds(60));
        assertEquals(
                Refusal.Kind.CONFLICT,
                House.refused(join(house.approvals.approve(Sample.TENANT, second, "ada"))));
    }

    @Test
    void a_child_acts_for_its_parents_user_and_for_nobody_else() {
        AccountId parent = house.active(asking(House.TASK, user("anna", LONG))).account().id();

        Account child = house.active(below(parent, null, null)).account();
        Account named =
                house.active(below(parent, null, null).onBehalfOf(user("anna", LONG, "clerks")))
                        .account();
        Refusal other = house.refusal(below(parent, null, null).onBehalfOf(user("bob", LONG)));

        assertEquals(new UserId(ISSUER, "anna"), child.user());
        assertEquals(List.of("listOffers"), operations(named));
        assertEquals(Refusal.Kind.FORBIDDEN, other.kind());
        assertEquals("authenticate", other.step());
        assertEquals(
                Refusal.Kind.FORBIDDEN,
                house.refusal(
                                below(parent, null, null)
                                        .onBehalfOf(
                                                new OnBehalf(
                                                        new UserId("https://other.example", "anna"),
                                                        List.of(),
                                                        LONG)))
                        .kind());
    }

    @Test
    void a_user_who_named_an_actor_is_not_handed_on_to_another_agent() {
        house.enrolled(Sample.OTHER_AGENT, House.CEILING, House.print('B').value());
        var named = new OnBehalf(new UserId(ISSUER, "anna"), List.of(), true, LONG);
        var delegates = new OpenRequest.Below(null, Set.of(Sample.OTHER_AGENT), null);
        AccountId parent = house.active(asking(House.TASK, named).below(delegates)).account().id();
        AccountId open =
                house.active(asking(House.TASK, user("anna", LONG)).below(delegates))
                        .account()
                        .id();
        OpenRequest.Claimant other = claimant(Sample.OTHER_AGENT, 'B');

        Refusal refusal = house.refusal(below(parent, null, null).by(other));

        assertEquals(Refusal.Kind.FORBIDDEN, refusal.kind());
        assertEquals("authenticate", refusal.step());
        house.active(below(parent, null, null));
        house.active(below(open, null, null).by(other));
        house.active(below(parent, null, null).by(other).onBehalfOf(user("anna", LONG)));
    }

    @Test
    void below_an_account_of_the_agent_alone_a_user_only_narrows() {
        AccountId parent =
                house.active(House.asking("list the offers and the prices", null, null))
                        .account()
                        .id();
        var request =
                new OpenRequest(
                        claimant(Sample.AGENT, 'A'),
                        "list the offers and the prices",
                        null,
                        Set.of(),
                        parent,
                        null);

        Account child = house.active(request.onBehalfOf(user("anna", LONG))).account();

        assertEquals(List.of("listOffers"), operations(child));
        assertEquals(new UserId(ISSUER, "anna"), child.user());
    }

    @Test
    void widening_stays_within_what_the_user_may_hand_on() {
        AccountId id = house.active(asking(House.TASK, user("anna", LONG))).account().id();
        AccountId alone = house.active(request()).account().id();

        Refusal refusal =
                assertInstanceOf(Widening.Refused.class, widen(id, "also list the prices")).why();

        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, refusal.kind());
        assertInstanceOf(Widening.Granted.class, widen(alone, "also list the prices"));
    }

    @Test
    void a_widening_that_the_user_would_let_live_shorter_is_refused() throws IOException {
        house.close();
        house =
                house(
                        home.resolve("b"),
                        UserIssuer.EVERYONE,
                        OFFERS,
                        "clerks",
                        "allow: [{service: flights, operations: [listPrices]}]\nttl_max: 1m\n");
        AccountId id =
                house.active(asking(House.TASK, user("cleo", LONG, "clerks"))).account().id();

        Refusal refusal =
                assertInstanceOf(Widening.Refused.class, widen(id, "also list the prices")).why();

        assertEquals(Refusal.Kind.FORBIDDEN, refusal.kind());
        assertTrue(refusal.detail().contains("longer than the 1m"), refusal::detail);
    }

    @Test
    void what_was_kept_bounds_an_account_after_a_new_start_by_what_the_configuration_says_then()
            throws IOException {
        AccountId id =
                house.active(asking(House.TASK, user("dora", LONG, "clerks", "gone")))
                        .account()
                        .id();

        OnBehalf kept = Broker.details(house.stored(id)).orElseThrow().onBehalf();

        assertEquals(user("dora", LONG, "clerks", "gone"), kept);
        assertEquals(
                List.of(),
                new UserGrants(List.of()).of(java.util.Objects.requireNonNull(kept)).ceilings());
        assertEquals(1, grants("gone", OFFERS, "new", EVERYTHING).of(kept).ceilings().size());
    }

    @Test
    void rules_see_the_user() {
        house.rules(
                """
                rules:
                  - name: not-for-bob
                    on: [open]
                    deny: "account.user.sub == 'bob' && account.user.issuer == 'https://login.example'"
                """);

        Refusal refusal = house.refusal(asking(House.TASK, user("bob", LONG)));

        assertEquals("decide", refusal.step());
        house.active(asking(House.TASK, user("anna", LONG)));
        house.active(request());
    }

    @Test
    void a_row_without_a_user_is_read_as_before_and_half_a_user_is_refused() {
        Account account = house.active(request()).account();
        Json.Obj json = AccountJson.write(account);

        assertNull(JsonFields.of(json).take("user"));
        assertNull(AccountJson.read(json).user());
        var half = new LinkedHashMap<String, Json>(json.members());
        half.put("user", Json.object().put("issuer", ISSUER).build());
        org.junit.jupiter.api.Assertions.assertThrows(
                dev.daypass.wire.WireException.class, () -> AccountJson.read(Json.obj(half)));
    }
}
