package dev.daypass.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.Grant;
import dev.daypass.token.TokenSignatures.Signed;
import dev.daypass.token.VerifiedToken.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifiedTokenTest {
    private static final Instant LAST = SampleClaims.EXPIRES.minusNanos(1);

    @Test
    void a_token_may_be_used_until_the_second_that_it_expires() {
        VerifiedToken token = accepted(SampleClaims.claims());

        assertEquals("", token.objection(SampleClaims.ISSUED, SampleClaims.SHOP));
        assertEquals("", token.objection(LAST, SampleClaims.SHOP));
        assertEquals("token expired", token.objection(SampleClaims.EXPIRES, SampleClaims.SHOP));
    }

    @Test
    void a_token_is_refused_by_another_service() {
        VerifiedToken token = accepted(SampleClaims.claims());

        for (String other :
                List.of(
                        SampleClaims.ISSUER,
                        SampleClaims.SHOP + "/",
                        SampleClaims.SHOP + "2",
                        "HTTPS://daypass.example/shop",
                        "")) {
            assertEquals("token is not for this service", token.objection(LAST, other), other);
        }
    }

    @Test
    void a_token_holds_what_its_claims_say() {
        Claims claims = SampleClaims.claims();
        VerifiedToken token = accepted(claims);

        assertEquals(claims, token.claims());
        assertEquals(claims.account(), token.account());
        assertEquals(SampleClaims.BOUND, token.binding());
        assertEquals(SampleClaims.GRANT, token.grant());
    }

    @Test
    void a_large_grant_is_found_by_its_hash() {
        Claims claims = SampleClaims.claims().withoutGrant();

        Verdict known =
                verify(
                        claims,
                        hash -> hash.equals(claims.resourceHash()) ? SampleClaims.GRANT : null);

        assertEquals(
                SampleClaims.GRANT,
                assertInstanceOf(Verdict.Accepted.class, known).token().grant());
        assertRefused("this edge does not know the token's grant", verify(claims, _ -> null));
    }

    @Test
    void a_grant_that_does_not_have_the_signed_hash_is_refused() {
        Grant other = Grant.of(List.of(SampleClaims.permission("delete", Map.of())));
        String why = "resource hash does not match the grant";

        assertRefused(
                why,
                verify(SampleClaims.claims(other, SampleClaims.GRANT.resourceHash()), _ -> null));
        assertRefused(why, verify(SampleClaims.claims().withoutGrant(), _ -> other));
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        for (String other : List.of(SampleClaims.ISSUER + "/", "https://other.example", "")) {
            assertRefused(
                    "token of another issuer",
                    VerifiedToken.verify(
                            "token",
                            signing(SampleClaims.claims().toJson().text()),
                            other,
                            _ -> null));
        }
    }

    @Test
    void a_signature_that_is_not_right_ends_it() {
        assertRefused(
                "signature",
                VerifiedToken.verify(
                        "token",
                        _ -> new Signed.Invalid("signature"),
                        SampleClaims.ISSUER,
                        _ -> null));
    }

    @Test
    void claims_that_are_not_right_end_it() {
        Verdict verdict =
                VerifiedToken.verify("token", signing("{}"), SampleClaims.ISSUER, _ -> null);

        assertTrue(assertInstanceOf(Verdict.Refused.class, verdict).why().contains("`iss`"));
    }

    @Test
    void a_token_longer_than_permitted_is_not_even_looked_at() {
        TokenSignatures unasked =
                _ -> {
                    throw new AssertionError("was asked");
                };
        String longest = "x".repeat(Claims.TOKEN_BYTES_MAX);

        assertRefused(
                "token is longer than 4096 bytes",
                VerifiedToken.verify(longest + "x", unasked, SampleClaims.ISSUER, _ -> null));
        assertInstanceOf(
                Verdict.Accepted.class,
                VerifiedToken.verify(
                        longest,
                        signing(SampleClaims.claims().toJson().text()),
                        SampleClaims.ISSUER,
                        _ -> null));
    }

    private static VerifiedToken accepted(Claims claims) {
        return assertInstanceOf(Verdict.Accepted.class, verify(claims, _ -> null)).token();
    }

    private static Verdict verify(Claims claims, VerifiedToken.GrantsByHash grants) {
        return VerifiedToken.verify(
                "token", signing(claims.toJson().text()), SampleClaims.ISSUER, grants);
    }

    private static TokenSignatures signing(String payload) {
        return _ -> new Signed.Valid(payload);
    }

    private static void assertRefused(String why, Verdict verdict) {
        assertEquals(new Verdict.Refused(why), verdict);
    }
}
