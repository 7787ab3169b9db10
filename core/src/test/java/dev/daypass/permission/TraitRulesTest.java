package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TraitRulesTest {
    private static Set<Trait> traits(
            String method, String name, String path, String... parameters) {
        return TraitRules.of(facts(method, name, path, List.of(), List.of(parameters)));
    }

    private static TraitRules.Facts facts(
            String method, String name, String path, List<String> tags, List<String> parameters) {
        return new TraitRules.Facts(
                HttpMethod.of(method).orElseThrow(),
                name,
                PathTemplate.parse(path),
                tags,
                parameters);
    }

    private static void are(Set<Trait> actual, Trait first, Trait... rest) {
        assertEquals(EnumSet.of(first, rest), actual);
    }

    @Test
    void the_method_says_what_an_operation_does() {
        are(traits("GET", "listOffers", "/offers"), Trait.READ);
        are(traits("HEAD", "offer", "/offers/{id}"), Trait.READ);
        are(traits("OPTIONS", "offers", "/offers"), Trait.READ);
        are(traits("POST", "createOffer", "/offers"), Trait.WRITE);
        are(traits("PUT", "offer", "/offers/{id}"), Trait.WRITE);
        are(traits("PATCH", "offer", "/offers/{id}"), Trait.WRITE);
        are(traits("DELETE", "offer", "/offers/{id}"), Trait.DELETE);
    }

    @Test
    void a_post_that_only_searches_reads() {
        are(traits("POST", "searchOffers", "/offers"), Trait.READ);
        are(traits("POST", "offers_search", "/offers"), Trait.READ);
        are(traits("POST", "queryOffers", "/v1/offers"), Trait.READ);
        are(traits("POST", "findOffers", "/v1/offers"), Trait.READ);
        are(traits("POST", "listOffers", "/v1/offers"), Trait.READ);
        are(traits("POST", "offers.list", "/v1/offers.list"), Trait.READ);
        are(traits("POST", "offers/lookup", "/v1/offers"), Trait.READ);
        are(traits("POST", "post_v1_search", "/v1/search"), Trait.READ);
        are(traits("POST", "op17", "/v1/offers/search"), Trait.READ);
        are(traits("POST", "op17", "/v1/offers:search"), Trait.READ);
    }

    @Test
    void a_post_that_might_change_something_writes() {
        are(traits("POST", "op17", "/offers"), Trait.WRITE);
        are(traits("POST", "post_lists", "/lists"), Trait.WRITE);
        are(traits("POST", "post_list", "/list"), Trait.WRITE);
        are(traits("POST", "createSearch", "/searches"), Trait.WRITE);
        are(traits("POST", "searchAndReplace", "/texts"), Trait.WRITE);
        are(traits("POST", "saveSearch", "/search"), Trait.WRITE);
        are(traits("POST", "executeQuery", "/query"), Trait.WRITE);
        are(traits("POST", "research", "/papers"), Trait.WRITE);
        are(traits("POST", "op", "/search/{id}"), Trait.WRITE);
        are(traits("POST", "op", "/papers", "search", "query"), Trait.WRITE);
        are(traits("PUT", "searchOffers", "/search"), Trait.WRITE);
    }

    @Test
    void a_verb_that_removes_or_changes_outweighs_a_harmless_method() {
        are(traits("GET", "deleteOffer", "/offers/{id}"), Trait.READ, Trait.DELETE);
        are(traits("GET", "op", "/offers/{id}/delete"), Trait.READ, Trait.DELETE);
        are(traits("GET", "updateOffer", "/offers/{id}"), Trait.READ, Trait.WRITE);
        are(traits("GET", "op", "/offers/{id}/cancel"), Trait.READ, Trait.WRITE);
        are(traits("POST", "offers.remove", "/offers.remove"), Trait.WRITE, Trait.DELETE);
        are(traits("GET", "getDeletedOffers", "/offers/deleted"), Trait.READ);
        are(traits("GET", "latestUpdates", "/updates"), Trait.READ);
    }

    @Test
    void payment_is_about_money_and_a_price_is_not() {
        are(traits("GET", "listInvoices", "/invoices"), Trait.READ, Trait.MONEY);
        are(traits("POST", "op", "/payouts"), Trait.WRITE, Trait.MONEY);
        are(traits("POST", "op", "/carts/{id}/checkout"), Trait.WRITE, Trait.MONEY);
        are(traits("PATCH", "op", "/things/{id}", "card_number"), Trait.WRITE, Trait.MONEY);
        are(traits("POST", "placeOrder", "/orders"), Trait.WRITE, Trait.MONEY);
        are(traits("GET", "listOrders", "/orders"), Trait.READ);
        are(traits("GET", "prices", "/prices", "price_max", "order"), Trait.READ);
    }

    @Test
    void a_person_is_personal() {
        are(traits("GET", "op", "/users/{id}"), Trait.READ, Trait.PERSONAL);
        are(traits("GET", "getProfile", "/me"), Trait.READ, Trait.PERSONAL);
        are(traits("GET", "op", "/things", "passengerName"), Trait.READ, Trait.PERSONAL);
        are(traits("GET", "op", "/things/{email}"), Trait.READ, Trait.PERSONAL);
        are(
                traits("GET", "listPaymentMethods", "/wallets"),
                Trait.READ,
                Trait.MONEY,
                Trait.PERSONAL);
    }

    @Test
    void keys_and_passwords_are_secret() {
        are(traits("GET", "listKeys", "/keys"), Trait.READ, Trait.SECRET);
        are(traits("POST", "op", "/apps/{id}/tokens"), Trait.WRITE, Trait.SECRET);
        are(traits("PATCH", "op", "/things", "newPassword"), Trait.WRITE, Trait.SECRET);
        are(traits("PATCH", "op", "/things", "refresh_token"), Trait.WRITE, Trait.SECRET);
        are(traits("PATCH", "op", "/things", "next_password"), Trait.WRITE, Trait.SECRET);
    }

    @Test
    void the_callers_own_credential_and_a_place_in_a_list_are_not_secret() {
        are(
                traits(
                        "GET",
                        "op",
                        "/things",
                        "api_key",
                        "X-Api-Key",
                        "access_token",
                        "pageToken",
                        "next_token",
                        "sort_key",
                        "key",
                        "keyword"),
                Trait.READ);
    }

    @Test
    void how_the_service_is_run_is_admin() {
        are(traits("GET", "op", "/admin/stats"), Trait.READ, Trait.ADMIN);
        are(traits("PUT", "op", "/settings"), Trait.WRITE, Trait.ADMIN);
        are(traits("POST", "op", "/webhooks"), Trait.WRITE, Trait.ADMIN);
        are(traits("POST", "op", "/things", "permissions"), Trait.WRITE, Trait.ADMIN);
        are(traits("GET", "op", "/things", "permissions"), Trait.READ);
    }

    @Test
    void sending_is_outward_and_reading_an_inbox_is_not() {
        are(traits("POST", "op", "/messages"), Trait.WRITE, Trait.OUTWARD);
        are(traits("POST", "chat.postMessage", "/chat"), Trait.WRITE, Trait.OUTWARD);
        are(traits("POST", "createComment", "/issues/{id}"), Trait.WRITE, Trait.OUTWARD);
        are(traits("POST", "op", "/things", "recipients"), Trait.WRITE, Trait.OUTWARD);
        are(traits("GET", "op", "/messages"), Trait.READ);
        are(traits("GET", "sendReminder", "/reminders"), Trait.READ, Trait.WRITE, Trait.OUTWARD);
    }

    @Test
    void sign_in_and_membership_are_identity() {
        are(traits("GET", "op", "/login"), Trait.READ, Trait.IDENTITY);
        are(traits("POST", "sign_in", "/x"), Trait.WRITE, Trait.IDENTITY);
        are(traits("POST", "op", "/oauth2/x"), Trait.WRITE, Trait.IDENTITY);
        are(traits("PUT", "op", "/teams/{t}/memberships/{m}"), Trait.WRITE, Trait.IDENTITY);
        are(traits("PATCH", "op", "/things", "role"), Trait.WRITE, Trait.ADMIN, Trait.IDENTITY);
        are(traits("POST", "op", "/invitations"), Trait.WRITE, Trait.OUTWARD, Trait.IDENTITY);
    }

    @Test
    void a_tag_counts_as_a_name() {
        are(
                TraitRules.of(facts("GET", "op", "/x", List.of("Billing & Admin"), List.of())),
                Trait.READ,
                Trait.MONEY,
                Trait.ADMIN);
    }

    @Test
    void more_names_never_take_a_trait_away() {
        Long given = Long.getLong("seed");
        long seed = given == null ? new Random().nextLong() : given;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            TraitRules.Facts some = random(random);
            var tags = new ArrayList<>(some.tags());
            var parameters = new ArrayList<>(some.parameters());
            (random.nextBoolean() ? tags : parameters).add(name(random));
            var more =
                    new TraitRules.Facts(some.method(), some.name(), some.path(), tags, parameters);

            Set<Trait> before = TraitRules.of(some);
            Set<Trait> after = TraitRules.of(more);

            String at = some + " then " + more + ", -Dseed=" + seed;
            assertTrue(after.containsAll(before), at);
            assertEquals(effects(before), effects(after), at);
            assertTrue(!effects(before).isEmpty(), at);
        }
    }

    private static Set<Trait> effects(Set<Trait> traits) {
        var out = EnumSet.copyOf(traits);
        out.retainAll(EnumSet.of(Trait.READ, Trait.WRITE, Trait.DELETE));
        return out;
    }

    private static TraitRules.Facts random(Random random) {
        HttpMethod[] methods = HttpMethod.values();
        return new TraitRules.Facts(
                methods[random.nextInt(methods.length)],
                name(random),
                PathTemplate.parse("/" + name(random) + "/{" + name(random) + "}/" + name(random)),
                List.of(name(random)),
                List.of(name(random), name(random)));
    }

    private static String name(Random random) {
        List<String> words =
                List.of(
                        "search",
                        "list",
                        "find",
                        "get",
                        "post",
                        "delete",
                        "create",
                        "order",
                        "pay",
                        "user",
                        "token",
                        "page",
                        "key",
                        "api",
                        "admin",
                        "role",
                        "message",
                        "login",
                        "offer",
                        "thing",
                        "password",
                        "cc",
                        "query");
        var out = new StringBuilder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String word = words.get(random.nextInt(words.size()));
            out.append(
                    random.nextBoolean()
                            ? "_" + word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return out.toString();
    }
}
