package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlightShopTest {
    private static final String KEY = "shop-key-for-tests";
    private static final String SEARCH = "/offers?from=NYC&to=LON&date=2026-12-03&max=50";

    private FlightShop shop;
    private Browser browser;

    @BeforeEach
    void start() {
        shop = FlightShop.start(0, KEY);
        browser = new Browser(shop.port(), "X-Api-Key", KEY);
    }

    @AfterEach
    void stop() {
        browser.close();
        shop.close();
    }

    @Test
    void a_search_lists_offers_cheapest_first() throws Exception {
        Json found = Browser.json(browser.get(SEARCH));

        List<Json> offers = ((Json.Arr) Browser.at(found, "offers")).items();
        List<BigDecimal> prices = offers.stream().map(FlightShopTest::price).toList();
        assertTrue(offers.size() >= 7, () -> "only " + offers.size());
        assertEquals(prices.stream().sorted().toList(), prices);
        assertTrue(prices.getFirst().compareTo(new BigDecimal("100")) > 0);
        assertTrue(prices.getLast().compareTo(new BigDecimal("1000")) < 0);
    }

    @Test
    void every_offer_leaves_on_its_day_and_arrives_after_its_duration() throws Exception {
        Json found = Browser.json(browser.get(SEARCH));

        for (Json offer : ((Json.Arr) Browser.at(found, "offers")).items()) {
            var leaves = OffsetDateTime.parse(Browser.text(offer, "from", "at"));
            var arrives = OffsetDateTime.parse(Browser.text(offer, "to", "at"));
            assertEquals("NYC", Browser.text(offer, "from", "city"));
            assertEquals("LON", Browser.text(offer, "to", "city"));
            assertEquals(
                    Duration.parse(Browser.text(offer, "duration")),
                    Duration.between(leaves, arrives));
            assertTrue(Duration.between(leaves, arrives).toHours() >= 6);
        }
    }

    @Test
    void two_shops_give_the_same_answer() throws Exception {
        String here = Browser.body(browser.get(SEARCH));

        try (var second = FlightShop.start(0, "another-key");
                var there = new Browser(second.port(), "X-Api-Key", "another-key")) {
            assertEquals(here, Browser.body(there.get(SEARCH)));
        }
    }

    @Test
    void max_bounds_the_list_and_the_date_has_a_default() throws Exception {
        Json found = Browser.json(browser.get("/offers?from=TYO&to=SYD&max=2"));

        assertEquals(2, ((Json.Arr) Browser.at(found, "offers")).items().size());
        assertEquals("2026-12-01", Browser.text(found, "date"));
        assertEquals("Tokyo", Browser.text(found, "from", "name"));
    }

    @Test
    void every_offer_found_can_be_looked_up() throws Exception {
        for (City from : City.values()) {
            for (City to : City.values()) {
                for (Offer offer : Timetable.offers(from, to, Timetable.FIRST_DAY)) {
                    assertEquals(offer, Timetable.offer(offer.id()).orElseThrow());
                }
            }
        }
        String id = Timetable.offers(City.BER, City.SIN, Timetable.FIRST_DAY).getFirst().id();
        assertEquals(id, Browser.text(Browser.json(browser.get("/offers/" + id)), "id"));
    }

    @Test
    void a_wrong_search_is_refused_with_the_reason() throws Exception {
        assertProblem(400, "`to` is missing", browser.get("/offers?from=NYC"));
        assertProblem(400, "expected one of NYC", browser.get("/offers?from=nyc&to=LON"));
        assertProblem(400, "expected two cities", browser.get("/offers?from=LON&to=LON"));
        assertProblem(
                400, "expected a date", browser.get("/offers?from=NYC&to=LON&date=2026-02-30"));
        assertProblem(400, "from 1 to 50", browser.get("/offers?from=NYC&to=LON&max=51"));
        assertProblem(400, "from 1 to 50", browser.get("/offers?from=NYC&to=LON&max=0"));
    }

    @Test
    void ids_that_name_nothing_are_not_found() throws Exception {
        for (String id :
                List.of(
                        "of-nyc-lon-20261201-99",
                        "of-nyc-nyc-20261201-00",
                        "of-nyc-lon-20261301-00",
                        "of-xxx-lon-20261201-00",
                        "x")) {
            assertProblem(404, "no offer `" + id + "`", browser.get("/offers/" + id));
        }
        assertProblem(404, "no booking", browser.get("/bookings/b-1"));
        assertProblem(404, "no user", browser.get("/users/u-99"));
        assertProblem(404, "nothing is at this path", browser.get("/offers/a/b"));
    }

    @Test
    void a_missing_wrong_or_doubled_key_is_unauthorized() throws Exception {
        for (String wrong :
                List.of("", "shop-key-for-test", KEY + "x", KEY.toUpperCase(Locale.ROOT))) {
            try (var stranger = new Browser(shop.port(), "X-Api-Key", wrong)) {
                assertProblem(401, "`X-Api-Key`", stranger.get(SEARCH));
                assertProblem(401, "`X-Api-Key`", stranger.get("/no/such/path"));
            }
        }
        try (var elsewhere = new Browser(shop.port(), "Authorization", "Bearer " + KEY)) {
            assertProblem(401, "`X-Api-Key`", elsewhere.get(SEARCH));
        }
        var doubled = browser.request(SEARCH).header("X-Api-Key", KEY).build();
        assertProblem(
                401,
                "`X-Api-Key`",
                browser.client().send(doubled, HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Test
    void a_refusal_never_repeats_the_key() throws Exception {
        try (var stranger = new Browser(shop.port(), "X-Api-Key", "guessed-key")) {
            HttpResponse<byte[]> answer = stranger.get(SEARCH);

            assertFalse(Browser.body(answer).contains("guessed-key"));
            assertFalse(answer.headers().map().toString().contains("guessed-key"));
        }
        assertEquals("X-Api-Key: [redacted]", Credential.apiKey(KEY).toString());
    }

    @Test
    void a_booking_is_held_then_paid_then_cancelled() throws Exception {
        Offer offer = offer();
        HttpResponse<byte[]> booked = browser.json("POST", "/bookings", booking(offer, "u-1"));
        assertEquals(201, booked.statusCode());
        String path = booked.headers().firstValue("Location").orElseThrow();
        assertEquals("/bookings/b-1", path);
        assertEquals("held", Browser.text(Browser.json(booked), "state"));

        HttpResponse<byte[]> paid = pay(path, "pm-1");
        assertEquals(201, paid.statusCode());
        assertEquals(offer.price().toJson(), Browser.at(Browser.json(paid), "amount"));
        assertEquals("paid", state(path));
        assertProblem(409, "paid already", pay(path, "pm-1"));

        assertEquals(204, browser.delete(path).statusCode());
        assertEquals(204, browser.delete(path).statusCode());
        assertEquals("cancelled", state(path));
        assertProblem(409, "cancelled", pay(path, "pm-1"));
    }

    @Test
    void nobody_pays_with_the_card_of_another() throws Exception {
        browser.json("POST", "/bookings", booking(offer(), "u-1"));

        assertProblem(422, "no payment method `pm-3`", pay("/bookings/b-1", "pm-3"));
        assertEquals("held", state("/bookings/b-1"));
    }

    @Test
    void a_booking_needs_an_offer_a_user_and_seats() throws Exception {
        Offer offer = offer();
        String many = "\"a\"" + ",\"a\"".repeat(9);

        assertProblem(
                422, "no user `u-9`", browser.json("POST", "/bookings", booking(offer, "u-9")));
        assertProblem(
                422,
                "no offer `x`",
                browser.json(
                        "POST",
                        "/bookings",
                        "{\"offer_id\":\"x\",\"user_id\":\"u-1\",\"passengers\":[\"a\"]}"));
        assertProblem(
                400,
                "1 to 9 names",
                browser.json(
                        "POST",
                        "/bookings",
                        "{\"offer_id\":\"x\",\"user_id\":\"u-1\",\"passengers\":[" + many + "]}"));
        assertProblem(
                400,
                "unknown member `price`",
                browser.json(
                        "POST",
                        "/bookings",
                        "{\"offer_id\":\"x\",\"user_id\":\"u-1\",\"passengers\":[\"a\"],\"price\":1}"));
        assertProblem(400, "malformed", browser.json("POST", "/bookings", "{"));
        assertProblem(
                400,
                "expected application/json",
                browser.send("POST", "/bookings", "text/plain", BodyPublishers.ofString("{}")));
    }

    @Test
    void more_passengers_than_seats_are_not_booked() throws Exception {
        Offer last =
                Timetable.offers(City.NYC, City.LON, Timetable.FIRST_DAY).stream()
                        .filter(offer -> offer.seatsLeft() < 9)
                        .findFirst()
                        .orElseThrow();
        String names = "\"a\"" + ",\"a\"".repeat(last.seatsLeft());

        HttpResponse<byte[]> refused =
                browser.json(
                        "POST",
                        "/bookings",
                        "{\"offer_id\":\"%s\",\"user_id\":\"u-1\",\"passengers\":[%s]}"
                                .formatted(last.id(), names));

        assertProblem(409, "fewer seats", refused);
    }

    @Test
    void an_itinerary_goes_to_an_address() throws Exception {
        browser.json("POST", "/bookings", booking(offer(), "u-1"));
        String mails = "/bookings/b-1/itinerary-mails";

        HttpResponse<byte[]> sent = browser.json("POST", mails, "{\"to\":\"mara@example.com\"}");

        assertEquals(202, sent.statusCode());
        assertEquals("mara@example.com", Browser.text(Browser.json(sent), "to"));
        assertProblem(400, "not an address", browser.json("POST", mails, "{\"to\":\"mara\"}"));
    }

    @Test
    void users_are_listed_found_by_name_changed_and_deleted() throws Exception {
        assertEquals(5, users("/users").size());
        assertEquals(1, users("/users?name=raman").size());
        assertEquals(2, users("/users?max=2").size());

        HttpResponse<byte[]> changed =
                browser.json(
                        "PATCH", "/users/u-2", "{\"email\":\"t@example.com\",\"home\":\"PAR\"}");

        assertEquals(200, changed.statusCode());
        Json user = Browser.json(browser.get("/users/u-2"));
        assertEquals("t@example.com", Browser.text(user, "email"));
        assertEquals("PAR", Browser.text(user, "home"));
        assertEquals("Tomas Okafor", Browser.text(user, "name"));
        assertProblem(400, "city", browser.json("PATCH", "/users/u-2", "{\"home\":\"Oz\"}"));
        assertEquals(204, browser.delete("/users/u-2").statusCode());
        assertProblem(404, "no user `u-2`", browser.get("/users/u-2/payment-methods"));
    }

    @Test
    void of_a_new_card_only_the_end_is_kept() throws Exception {
        String cards = "/users/u-5/payment-methods";
        String body = "{\"number\":\"%s\",\"expires\":\"2029-05\",\"holder\":\"J WEBER\"}";

        HttpResponse<byte[]> added =
                browser.json("POST", cards, body.formatted("4000123412349876"));

        assertEquals(201, added.statusCode());
        String listed = Browser.body(browser.get(cards));
        assertTrue(listed.contains("\"last_four\":\"9876\""), listed);
        assertFalse(listed.contains("1234"), listed);
        assertProblem(400, "digits", browser.json("POST", cards, body.formatted("4111-1111")));
    }

    @Test
    void airports_can_be_narrowed_to_a_city() throws Exception {
        String all = Browser.body(browser.get("/airports"));
        String london = Browser.body(browser.get("/airports?city=LON"));

        assertTrue(all.contains("JFK") && all.contains("LHR"), all);
        assertTrue(!london.contains("JFK") && london.contains("LHR"), london);
        assertProblem(400, "expected one of", browser.get("/airports?city=London"));
    }

    @Test
    void another_method_is_refused_with_those_that_exist() throws Exception {
        HttpResponse<byte[]> answer = browser.json("PUT", "/bookings/b-1", "{}");

        assertProblem(405, "`PUT`", answer);
        assertEquals("DELETE, GET", answer.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void a_query_that_is_no_text_is_refused() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            String request =
                    "GET /offers?from=%zz HTTP/1.1\r\nHost: x\r\nX-Api-Key: "
                            + KEY
                            + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String raw =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertTrue(raw.startsWith("HTTP/1.1 400 "), raw);
            assertTrue(raw.contains("query is not percent-encoded"), raw);
        }
    }

    @Test
    void a_body_beyond_the_limit_is_refused() throws Exception {
        byte[] big = new byte[Route.BODY_BYTES_MAX + 1];

        assertProblem(
                413,
                "65536 bytes",
                browser.send(
                        "POST", "/bookings", "application/json", BodyPublishers.ofByteArray(big)));
        assertEquals(200, browser.get("/airports").statusCode());
    }

    @Test
    void a_port_in_use_is_named() {
        var refused =
                assertThrows(UncheckedIOException.class, () -> FlightShop.start(shop.port(), KEY));

        assertTrue(String.valueOf(refused.getMessage()).contains("127.0.0.1:" + shop.port()));
    }

    @Test
    void an_empty_key_is_no_key() {
        assertThrows(IllegalArgumentException.class, () -> FlightShop.start(0, " "));
    }

    @Test
    void closing_frees_the_port_and_may_be_done_twice() {
        int port = shop.port();

        shop.close();
        shop.close();

        FlightShop.start(port, KEY).close();
    }

    private Offer offer() {
        return Timetable.offers(City.NYC, City.LON, Timetable.FIRST_DAY).getFirst();
    }

    private static String booking(Offer offer, String user) {
        return "{\"offer_id\":\"%s\",\"user_id\":\"%s\",\"passengers\":[\"Mara Lindqvist\"]}"
                .formatted(offer.id(), user);
    }

    private HttpResponse<byte[]> pay(String booking, String method) throws Exception {
        return browser.json(
                "POST", booking + "/payments", "{\"payment_method_id\":\"%s\"}".formatted(method));
    }

    private String state(String booking) throws Exception {
        return Browser.text(Browser.json(browser.get(booking)), "state");
    }

    private List<Json> users(String target) throws Exception {
        return ((Json.Arr) Browser.at(Browser.json(browser.get(target)), "users")).items();
    }

    private static BigDecimal price(Json offer) {
        return new BigDecimal(Browser.text(offer, "price", "amount"));
    }

    static void assertProblem(int status, String detail, HttpResponse<byte[]> answer) {
        String body = Browser.body(answer);
        assertEquals(status, answer.statusCode(), body);
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        String said = Browser.text(Browser.json(answer), "detail");
        assertTrue(said.contains(detail), said);
    }
}
