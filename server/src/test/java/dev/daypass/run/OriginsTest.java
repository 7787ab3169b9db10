package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.daypass.wire.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which calls of a program are for a service of its account.
class OriginsTest {
    private static final Origins ORIGINS =
            Origins.of(
                    Map.of(
                            "flights", Json.of("https://api.flights.example/v2/"),
                            "lab", Json.of("http://127.0.0.1:9001"),
                            "odd", Json.of(7)));

    @Test
    void a_service_is_found_at_its_scheme_host_and_port() {
        var flights = new Origins.Service("flights", "/v2");

        assertEquals(flights, ORIGINS.at("https", "api.flights.example", 443));
        assertEquals(flights, ORIGINS.at("https", "API.flights.example", -1));
        assertEquals(new Origins.Service("lab", ""), ORIGINS.at("http", "127.0.0.1", 9001));
    }

    @Test
    void nothing_else_is() {
        assertNull(ORIGINS.at("http", "api.flights.example", 443));
        assertNull(ORIGINS.at("https", "api.flights.example", 8443));
        assertNull(ORIGINS.at("https", "flights.example", 443));
        assertNull(ORIGINS.at("https", "api.flights.example.", 443));
        assertNull(ORIGINS.at("http", "127.0.0.1", 80));
    }
}
