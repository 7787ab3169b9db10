package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.daypass.permission.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final Endpoint ANSWER = Endpoint.direct(_ -> Response.empty(204));
    private static final Routes.Route LIST =
            Routes.Route.of(HttpMethod.GET, "/v1/accounts", ANSWER);
    private static final Routes.Route OPEN =
            Routes.Route.of(HttpMethod.POST, "/v1/accounts", ANSWER);
    private static final Routes.Route SHOW =
            Routes.Route.of(HttpMethod.GET, "/v1/accounts/{id}", ANSWER);
    private static final Routes.Route END =
            Routes.Route.of(HttpMethod.DELETE, "/v1/accounts/{id}", ANSWER).withBodyUpTo(7);
    private static final Routes ROUTES = Routes.of(List.of(LIST, OPEN, SHOW, END));

    private static Routes.Found.Match match(HttpMethod method, String path) {
        return assertInstanceOf(Routes.Found.Match.class, ROUTES.find(method, path));
    }

    private static void nothing(String path) {
        assertEquals(new Routes.Found.Nothing(), ROUTES.find(HttpMethod.GET, path), path);
    }

    @Test
    void a_method_and_path_lead_to_their_route_with_its_variables() {
        assertSame(LIST, match(HttpMethod.GET, "/v1/accounts").route());
        assertSame(OPEN, match(HttpMethod.POST, "/v1/accounts").route());
        assertEquals(
                new Routes.Found.Match(SHOW, Map.of("id", "acc_1")),
                match(HttpMethod.GET, "/v1/accounts/acc_1"));
        assertEquals(7, match(HttpMethod.DELETE, "/v1/accounts/x").route().bodyBytesMax());
        assertEquals(Routes.BODY_BYTES_MAX, LIST.bodyBytesMax());
    }

    @Test
    void head_is_answered_as_get() {
        assertSame(LIST, match(HttpMethod.HEAD, "/v1/accounts").route());
        assertSame(SHOW, match(HttpMethod.HEAD, "/v1/accounts/acc_1").route());
    }

    @Test
    void a_path_that_is_not_written_like_a_route_is_none() {
        for (String path :
                List.of(
                        "/",
                        "",
                        "v1/accounts",
                        "/v1/accounts/",
                        "/v1//accounts",
                        "//v1/accounts",
                        "/%761/accounts",
                        "/v1/accounts/%61cc",
                        "/v1/accounts/a/b",
                        "/V1/accounts",
                        "/v1/./accounts",
                        "/v1/x/../accounts",
                        "/v1",
                        "*",
                        "/v1/accounts/a%2fb")) {
            nothing(path);
        }
    }

    @Test
    void another_method_on_a_known_path_is_told_which_there_are() {
        var fixed =
                assertInstanceOf(
                        Routes.Found.OtherMethods.class,
                        ROUTES.find(HttpMethod.PUT, "/v1/accounts"));
        var pattern =
                assertInstanceOf(
                        Routes.Found.OtherMethods.class,
                        ROUTES.find(HttpMethod.POST, "/v1/accounts/acc_1"));

        assertEquals("GET, POST", fixed.allow());
        assertEquals("DELETE, GET", pattern.allow());
    }
}
