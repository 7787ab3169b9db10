package dev.daypass.examples;

import static dev.daypass.examples.FlightShopTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomeShopTest {
    private static final String PASSWORD = "shop-password-for-tests";

    private final HomeShop shop = HomeShop.start(0, "ada", PASSWORD, () -> Pace.AT_ONCE);

    @AfterEach
    void stop() {
        shop.close();
    }

    private Browser browser(String header, String value) {
        return new Browser(shop.port(), header, value);
    }

    private static String login(String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(("ada:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /// The cookie of a new session, as a browser sends it.
    private String session() throws Exception {
        try (Browser customer = browser("Authorization", login(PASSWORD))) {
            HttpResponse<byte[]> answer =
                    customer.send("POST", "/session", "", BodyPublishers.noBody());
            assertEquals(201, answer.statusCode());
            String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
            assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
            assertTrue(cookie.contains("Max-Age=1800"), cookie);
            return cookie.substring(0, cookie.indexOf(';'));
        }
    }

    private static HttpResponse<byte[]> post(Browser browser, String path, String json)
            throws Exception {
        return browser.send("POST", path, "application/json", BodyPublishers.ofString(json));
    }

    @Test
    void a_customer_logs_in_fills_a_cart_and_pays_it_once() throws Exception {
        try (Browser customer = browser("Cookie", session())) {
            String cart =
                    Browser.body(
                            post(
                                    customer,
                                    "/cart/items",
                                    "{\"product_id\":\"lamp-glass\",\"quantity\":2}"));
            assertTrue(cart.contains("\"Glass lamp\""), cart);
            String total = Browser.text(Browser.json(customer.get("/cart")), "total", "amount");

            HttpResponse<byte[]> order =
                    post(customer, "/orders", "{\"total\":\"%s\"}".formatted(total));

            assertEquals(201, order.statusCode());
            assertEquals(1, shop.orders());
            assertProblem(
                    409,
                    "the cart is empty",
                    post(customer, "/orders", "{\"total\":\"%s\"}".formatted(total)));
            assertTrue(Browser.body(customer.get("/orders")).contains("\"o-1\""));
        }
    }

    @Test
    void a_wrong_password_a_made_up_session_and_none_are_refused() throws Exception {
        for (String wrong : new String[] {login("guess"), login(""), "Bearer " + PASSWORD}) {
            try (Browser stranger = browser("Authorization", wrong)) {
                assertProblem(
                        401,
                        "wrong password",
                        stranger.send("POST", "/session", "", BodyPublishers.noBody()));
            }
        }
        try (Browser stranger = browser("Cookie", HomeShop.COOKIE + "=guess");
                Browser nobody = browser("Authorization", login(PASSWORD))) {
            assertProblem(401, "no session", stranger.get("/cart"));
            assertProblem(401, "no session", nobody.get("/cart"));
        }
    }

    @Test
    void each_session_has_a_cart_of_its_own() throws Exception {
        String one = session();
        String other = session();
        assertNotEquals(one, other);
        try (Browser first = browser("Cookie", one);
                Browser second = browser("Cookie", other)) {
            post(first, "/cart/items", "{\"product_id\":\"pan-steel\",\"quantity\":1}");

            assertTrue(Browser.body(second.get("/cart")).contains("\"items\":[]"));
        }
    }

    @Test
    void what_is_found_comes_in_pages_cheapest_first() throws Exception {
        try (Browser customer = browser("Cookie", session())) {
            String first = Browser.body(customer.get("/products?words=kettle"));
            String second = Browser.body(customer.get("/products?words=kettle&page=2"));

            assertTrue(first.contains("\"page\":1,\"pages\":2"), first);
            assertTrue(first.indexOf("kettle-enamel") < first.indexOf("kettle-plain"), first);
            assertTrue(second.contains("kettle-"), second);
            assertProblem(400, "expected 1 or more", customer.get("/products?words=x&page=0"));
            assertProblem(400, "`words` is missing", customer.get("/products"));
        }
    }

    @Test
    void carts_and_totals_that_cannot_be_are_refused() throws Exception {
        try (Browser customer = browser("Cookie", session())) {
            assertProblem(
                    422,
                    "no product",
                    post(customer, "/cart/items", "{\"product_id\":\"car\",\"quantity\":1}"));
            for (String quantity : new String[] {"0", "-1", "10", "9000000000"}) {
                assertProblem(
                        400,
                        "1 to 9",
                        post(
                                customer,
                                "/cart/items",
                                "{\"product_id\":\"pan-steel\",\"quantity\":%s}"
                                        .formatted(quantity)));
            }
            post(customer, "/cart/items", "{\"product_id\":\"pan-steel\",\"quantity\":1}");
            assertProblem(409, "not to `1.00`", post(customer, "/orders", "{\"total\":\"1.00\"}"));
            assertEquals(200, customer.delete("/cart/items/pan-steel").statusCode());
            assertProblem(404, "in the cart", customer.delete("/cart/items/pan-steel"));
        }
        assertEquals(0, shop.orders());
    }
}
