package dev.daypass.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleDocumentsTest {
    private static final String KEY = "document-key";

    private final FlightShop shop = FlightShop.start(0, KEY);
    private final PaperLibrary library = PaperLibrary.start(0, KEY);

    private final HomeShop home = HomeShop.start(0, "ada", KEY, () -> Pace.AT_ONCE);

    @AfterEach
    void stop() {
        home.close();
        shop.close();
        library.close();
    }

    @Test
    void the_shop_describes_its_operations() {
        assertEquals(
                Set.of(
                        "searchOffers",
                        "getOffer",
                        "listAirports",
                        "bookOffer",
                        "getBooking",
                        "cancelBooking",
                        "payBooking",
                        "sendItinerary",
                        "listUsers",
                        "getUser",
                        "updateUser",
                        "deleteUser",
                        "listPaymentMethods",
                        "addPaymentMethod"),
                ids(parse(shop.openApi())));
    }

    @Test
    void the_library_describes_its_operations() {
        assertEquals(
                Set.of(
                        "searchPapers",
                        "uploadPaper",
                        "getPaper",
                        "deletePaper",
                        "downloadPdf",
                        "listReaders"),
                ids(parse(library.openApi())));
    }

    @Test
    void the_home_shop_describes_its_operations() {
        assertEquals(
                Set.of(
                        "logIn",
                        "searchProducts",
                        "getProduct",
                        "getCart",
                        "addToCart",
                        "removeFromCart",
                        "placeOrder",
                        "listOrders",
                        "getCustomer"),
                ids(parse(home.openApi())));
    }

    @Test
    void the_cities_of_a_search_are_those_that_the_shop_flies_to() {
        Operation search =
                calls(parse(shop.openApi())).values().stream()
                        .filter(operation -> operation.getOperationId().equals("searchOffers"))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> served =
                Arrays.stream(City.values()).collect(Collectors.toMap(City::name, City::title));

        for (int i = 0; i < 2; i++) {
            var described = new TreeMap<String, String>();
            Schema<?> city = search.getParameters().get(i).getSchema();
            for (Schema<?> choice : city.getOneOf()) {
                described.put(String.valueOf(choice.getConst()), choice.getTitle());
            }
            assertEquals(served, described);
        }
    }

    @Test
    void the_demo_document_names_no_misbehaviour() {
        Set<String> paths = parse(shop.openApi()).getPaths().keySet();

        assertTrue(paths.stream().noneMatch(path -> path.contains("hostile")), paths::toString);
        assertFalse(paths.contains("/echo/{anything}"));
        assertTrue(parse(shop.hostileOpenApi()).getPaths().containsKey("/echo/{anything}"));
    }

    @Test
    void every_described_operation_is_served() throws Exception {
        try (var shopper = new Browser(shop.port(), "X-Api-Key", KEY);
                var reader = new Browser(library.port(), "Authorization", "Bearer " + KEY)) {
            assertServed(shopper, parse(shop.openApi()));
            assertServed(shopper, parse(shop.hostileOpenApi()));
            assertServed(reader, parse(library.openApi()));
        }
        try (var customer = new Browser(home.port(), "Cookie", session())) {
            assertServed(customer, parse(home.openApi()));
        }
    }

    private String session() throws Exception {
        String login = Base64.getEncoder().encodeToString(("ada:" + KEY).getBytes(UTF_8));
        try (var stranger = new Browser(home.port(), "Authorization", "Basic " + login)) {
            String cookie =
                    stranger.send("POST", "/session", "", BodyPublishers.noBody())
                            .headers()
                            .firstValue("Set-Cookie")
                            .orElseThrow();
            return cookie.substring(0, cookie.indexOf(';'));
        }
    }

    /// Deletions come last, so that what the others use is still there.
    private static void assertServed(Browser browser, OpenAPI document) throws Exception {
        for (var call : calls(document).entrySet()) {
            String[] line = call.getKey().split(" ");
            String target =
                    line[2].replace("{userId}", "u-3")
                            .replace("{offerId}", "of-nyc-lon-20261201-00")
                            .replace("{paperId}", "p-1706")
                            .replace("{productId}", "lamp-glass")
                            .replace("{bookingId}", "b-1");
            if (!line[1].equals("GET") || !target.matches("/hostile/(stream|silence)")) {
                int status =
                        browser.send(line[1], target, "", BodyPublishers.noBody()).statusCode();
                boolean there =
                        status != 405
                                && (status != 404 || target.matches(".*/(b-1|items/lamp-glass).*"));
                assertTrue(there, () -> line[1] + " " + target + " → " + status);
                assertTrue(
                        call.getValue().getResponses().containsKey(String.valueOf(status)),
                        () ->
                                line[1]
                                        + " "
                                        + target
                                        + " answers "
                                        + status
                                        + ", which is not described");
            }
        }
    }

    private static Map<String, Operation> calls(OpenAPI document) {
        var out = new TreeMap<String, Operation>();
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap()
                                .forEach((method, operation) ->
                                        out.put(line(method, path), operation)));
        return out;
    }

    private static String line(HttpMethod method, String path) {
        return "%d %s %s"
                .formatted(
                        method == HttpMethod.DELETE ? 2 : 1,
                        method,
                        path.replace("{anything}", "x"));
    }

    private static Set<String> ids(OpenAPI document) {
        return calls(document).values().stream()
                .map(Operation::getOperationId)
                .collect(Collectors.toSet());
    }

    private static OpenAPI parse(String text) {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text);
        assertEquals(List.of(), result.getMessages());
        return result.getOpenAPI();
    }
}
