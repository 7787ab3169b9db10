package dev.daypass.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.Slot;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeaderRulesTest {
    private static MultiMap fields(String... names) {
        MultiMap out = MultiMap.caseInsensitiveMultiMap();
        for (String name : names) {
            out.add(name, "v");
        }
        return out;
    }

    private static List<String> toService(MultiMap from) {
        MultiMap to = MultiMap.caseInsensitiveMultiMap();
        HeaderRules.toService(from, to, "");
        return List.copyOf(new TreeSet<>(to.names()));
    }

    private static List<String> toAgent(MultiMap from) {
        MultiMap to = MultiMap.caseInsensitiveMultiMap();
        HeaderRules.toAgent(from, to);
        return List.copyOf(new TreeSet<>(to.names()));
    }

    @Test
    void what_does_not_cross_cannot_be_bound_for_what_is_judged_is_sent() {
        for (String name : HeaderRules.withheldFromService()) {
            assertTrue(Slot.of("header." + name) instanceof Slot.Nowhere, name);
        }
    }

    @Test
    void what_the_call_is_about_crosses() {
        assertEquals(
                List.of("Accept", "Content-Type", "If-Match", "X-Request-Id"),
                toService(fields("Accept", "Content-Type", "If-Match", "X-Request-Id")));
        assertEquals(
                List.of("Content-Type", "ETag", "Location", "Retry-After"),
                toAgent(fields("Content-Type", "ETag", "Location", "Retry-After")));
    }

    @Test
    void what_an_agent_says_of_itself_does_not_reach_the_service() {
        assertEquals(
                List.of(),
                toService(
                        fields(
                                "Authorization",
                                "Cookie",
                                "DPoP",
                                "Host",
                                "Expect",
                                "Forwarded",
                                "X-Forwarded-For",
                                "X-Forwarded-Host",
                                "X-Real-IP",
                                "Client-Cert",
                                "Signature",
                                "X-Original-URL",
                                "Proxy-Authorization")));
    }

    @Test
    void spelling_a_field_otherwise_does_not_help_it_across() {
        assertEquals(
                List.of(),
                toService(
                        fields(
                                "AUTHORIZATION",
                                "cOOkie",
                                "x_forwarded_for",
                                "X-Forwarded_For",
                                "Transfer_Encoding",
                                "content_length",
                                "x_real_ip")));
    }

    @Test
    void fields_of_one_connection_cross_in_neither_direction() {
        MultiMap hops =
                fields("Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "X-Hop");
        hops.add("Connection", "close, x-hop");
        hops.add("Connection", "Other");
        hops.add("other", "v");

        assertEquals(List.of(), toService(hops));
        assertEquals(List.of(), toAgent(hops));
    }

    @Test
    void what_a_service_sets_for_browsers_and_clients_does_not_reach_the_agent() {
        assertEquals(
                List.of(),
                toAgent(
                        fields(
                                "Set-Cookie",
                                "Set-Cookie2",
                                "WWW-Authenticate",
                                "Authentication-Info",
                                "Alt-Svc",
                                "DPoP-Nonce",
                                "Content-Length")));
    }

    @Test
    void several_values_of_a_field_cross_in_order() {
        MultiMap from = fields("Accept");
        from.add("accept", "w");
        MultiMap to = MultiMap.caseInsensitiveMultiMap();

        HeaderRules.toService(from, to, "");

        assertEquals(List.of("v", "w"), to.getAll("accept"));
    }

    @Test
    void asking_for_another_method_is_noticed() {
        for (String name :
                List.of("X-HTTP-Method-Override", "x-http-method", "X-METHOD-OVERRIDE")) {
            assertTrue(HeaderRules.overridesMethod(fields(name)), name);
        }
        assertTrue(HeaderRules.overridesMethod(fields("X_HTTP_Method_Override")));
        assertFalse(HeaderRules.overridesMethod(fields("Accept")));
    }
}
