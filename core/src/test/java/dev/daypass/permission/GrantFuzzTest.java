package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import org.junit.jupiter.api.Test;

class GrantFuzzTest {
    @FuzzTest
    void a_grant_is_refused_or_exactly_what_it_says(byte[] input) {
        Json json;
        Grant grant;
        try {
            json = Json.parse(input, JsonLimits.DEFAULT);
            grant = Grant.fromJson(json);
        } catch (WireException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            return;
        }
        assertEquals(json, grant.toJson());
        assertEquals(grant, Grant.fromJson(grant.toJson()));
        assertEquals(grant, Grant.of(grant.permissions()));
        assertEquals(grant, grant.intersect(grant));
        assertTrue(grant.within(grant));
        assertEquals(43, grant.resourceHash().length());
    }

    @Test
    void a_damaged_grant_is_refused_or_exactly_what_it_says() {
        Check.forAll(
                5_000,
                random ->
                        a_grant_is_refused_or_exactly_what_it_says(
                                Gen.mutated(
                                        random,
                                        RandomGrant.grant(random).toJson().text(),
                                        "[]{}\",:abxyz/.\\u0")));
    }
}
