package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.broker.OpenRequest;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountRequestsTest {
    private static final String JWK =
            """
            {"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",\
            "y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}\
            """;
    private static final String PRIVATE_JWK = JWK.replace("{", "{\"d\":\"AA\",");
    private static final OpenRequest.Claimant SHOPPER =
            new OpenRequest.Claimant(
                    TenantId.DEFAULT,
                    new AgentId("shopper"),
                    new KeyThumbprint.Certificate("A".repeat(43)),
                    "192.0.2.7");

    @Test
    void a_task_is_all_that_is_needed() {
        assertEquals(
                new OpenRequest(SHOPPER, "find offers", null, Set.of(), null, null),
                read("{\"task\":\"find offers\"}"));
        assertEquals(
                read("{\"task\":\"x\"}"),
                read(
                        "{\"task\":\"x\",\"ttl\":null,\"services\":null,\"parent\":null,\"uses\":null,\"budget\":null}"));
    }

    @Test
    void everything_that_may_be_asked_is_read() {
        assertEquals(
                new OpenRequest(
                        SHOPPER,
                        "find offers",
                        Duration.ofMinutes(10),
                        Set.of(new ServiceId("shop"), new ServiceId("library")),
                        new AccountId("acc_01M86FYZ800000000000000000"),
                        3L),
                read(
                        """
                        {"task":"find offers","ttl":"10m","services":["shop","library"],\
                        "parent":"acc_01M86FYZ800000000000000000","uses":3,"budget":{"calls":100}}\
                        """));
    }

    @Test
    void a_lifetime_is_text_or_seconds() {
        assertEquals(Duration.ofHours(2), read("{\"task\":\"x\",\"ttl\":\"2h\"}").ttl());
        assertEquals(Duration.ofHours(2), read("{\"task\":\"x\",\"ttl\":7200}").ttl());
        assertEquals(Duration.ofHours(2), read("{\"task\":\"x\",\"ttl\":7.2e3}").ttl());
    }

    @Test
    void the_tighter_of_uses_and_budget_counts() {
        assertEquals(1L, read("{\"task\":\"x\",\"uses\":1}").calls());
        assertEquals(9L, read("{\"task\":\"x\",\"budget\":{\"calls\":9}}").calls());
        assertEquals(9L, read("{\"task\":\"x\",\"uses\":10,\"budget\":{\"calls\":9}}").calls());
        assertNull(read("{\"task\":\"x\",\"budget\":{}}").calls());
    }

    @Test
    void what_is_wrong_is_named() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("{}", "task");
        bad.put("{\"task\":7}", "task");
        bad.put("{\"task\":\"x\",\"tll\":\"10m\"}", "tll");
        bad.put("{\"task\":\"x\",\"ttl\":-1}", "ttl");
        bad.put("{\"task\":\"x\",\"ttl\":1.5}", "ttl");
        bad.put("{\"task\":\"x\",\"ttl\":1e12}", "ttl");
        bad.put("{\"task\":\"x\",\"ttl\":1e30}", "ttl");
        bad.put("{\"task\":\"x\",\"ttl\":[]}", "ttl");
        bad.put("{\"task\":\"x\",\"ttl\":true}", "ttl");
        bad.put("{\"task\":\"x\",\"services\":\"shop\"}", "services");
        bad.put("{\"task\":\"x\",\"services\":[7]}", "services[0]");
        bad.put("{\"task\":\"x\",\"services\":[\"No Name\"]}", "No Name");
        bad.put("{\"task\":\"x\",\"uses\":0}", "uses");
        bad.put("{\"task\":\"x\",\"uses\":-1}", "uses");
        bad.put("{\"task\":\"x\",\"uses\":\"1\"}", "uses");
        bad.put("{\"task\":\"x\",\"budget\":{\"calls\":0}}", "budget.calls");
        bad.put("{\"task\":\"x\",\"budget\":{\"call\":1}}", "budget.call");
        bad.put("{\"task\":\"x\",\"budget\":7}", "budget");
        bad.put("{\"task\":\"x\",\"key\":7}", "key");
        bad.put("{\"task\":\"x\",\"key\":{}}", "key.jwk");
        bad.put("{\"task\":\"x\",\"key\":{\"jwk\":\"x\"}}", "key.jwk");
        bad.put("{\"task\":\"x\",\"key\":{\"jwk\":%s,\"x\":1}}".formatted(JWK), "key.x");
        bad.put("{\"task\":\"x\",\"key\":{\"jwk\":{}}}", "kty");
        bad.put("{\"task\":\"x\",\"key\":{\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\"}}}", "jwk");
        bad.put("{\"task\":\"x\",\"key\":{\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}}", "jwk");
        bad.put("{\"task\":\"x\",\"key\":{\"jwk\":%s}}".formatted(PRIVATE_JWK), "jwk");
        bad.forEach((body, named) -> {
            WireException refusal = assertThrows(WireException.class, () -> read(body), body);

            assertTrue(
                    String.valueOf(refusal.getMessage()).contains("`" + named + "`"),
                    () -> body + ": " + refusal.getMessage());
        });
    }

    @Test
    void a_key_binds_by_its_thumbprint() {
        assertEquals(
                new OpenRequest.Binding.Key(
                        // RFC 9449, section 4.1 and 6.1.
                        new KeyThumbprint.Jwk("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")),
                read("{\"task\":\"x\",\"key\":{\"jwk\":%s}}".formatted(JWK)).binding());
        assertEquals(new OpenRequest.Binding.OwnCertificate(), read("{\"task\":\"x\"}").binding());
    }

    @Test
    void a_parent_that_is_no_account_is_refused() {
        assertThrows(WireException.class, () -> read("{\"task\":\"x\",\"parent\":\"root\"}"));
    }

    private static OpenRequest read(String body) {
        return AccountRequests.read(SHOPPER, JsonFields.of(Json.parse(body)));
    }
}
