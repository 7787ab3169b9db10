package dev.daypass.token;

import dev.daypass.budget.Budget;
import dev.daypass.check.Gen;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.permission.Constraint;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Permission;
import dev.daypass.wire.Base64Url;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Claims to test with: one of every kind, and random ones.
final class SampleClaims {
    static final String ISSUER = "https://daypass.example";
    static final String SHOP = ISSUER + "/shop";
    static final Instant ISSUED = Instant.parse("2026-11-24T10:00:00Z");
    static final Instant EXPIRES = ISSUED.plusSeconds(600);
    static final KeyThumbprint BOUND = thumbprint(new byte[32]);
    static final Grant GRANT =
            Grant.of(
                    List.of(
                            permission(
                                    "search",
                                    Map.of("query.from", new Constraint.OneOf(List.of("NYC"))))));

    private SampleClaims() {}

    static KeyThumbprint.Certificate thumbprint(byte[] digest) {
        return new KeyThumbprint.Certificate(Base64Url.encode(digest));
    }

    static Permission permission(String operation, Map<String, Constraint> constraints) {
        return new Permission(
                new OperationId(new ServiceId("shop"), operation),
                HttpMethod.GET,
                PathTemplate.parse("/" + operation),
                constraints,
                List.of());
    }

    static Claims claims() {
        return claims(GRANT, GRANT.resourceHash());
    }

    static Claims claims(@Nullable Grant grant, String hash) {
        return claims(grant, hash, List.of());
    }

    /// Of an account below others.
    static Claims below(List<Actor> above) {
        return claims(GRANT, GRANT.resourceHash(), above);
    }

    private static Claims claims(@Nullable Grant grant, String hash, List<Actor> above) {
        return new Claims(
                ISSUER,
                AccountId.of(ISSUED.toEpochMilli(), new byte[AccountId.RANDOM_BYTES]),
                new AgentId("shopper"),
                List.of(SHOP),
                ISSUED,
                EXPIRES,
                Base64Url.encode(new byte[16]),
                BOUND,
                hash,
                grant,
                new Budget(7L),
                TenantId.DEFAULT,
                null,
                null,
                above,
                null);
    }

    static Claims random(Random random) {
        Grant grant =
                Grant.of(
                        Gen.list(
                                random,
                                3,
                                r ->
                                        permission(
                                                "op" + r.nextInt(4),
                                                Map.of(
                                                        "query." + Gen.word(r, 3),
                                                        new Constraint.OneOf(
                                                                List.of(Gen.text(r, 3)))))));
        String print = Base64Url.encode(bytes(random, 32));
        List<String> audience = Gen.list(random, 2, r -> ISSUER + "/" + Gen.text(r, 3));
        return new Claims(
                Gen.text(random, 5),
                AccountId.of(random.nextLong() >>> 16, bytes(random, AccountId.RANDOM_BYTES)),
                new AgentId("a" + random.nextInt(1000)),
                audience.isEmpty() ? List.of(SHOP) : audience,
                Instant.ofEpochSecond(random.nextInt()),
                Instant.ofEpochSecond(random.nextLong() >> 28),
                Gen.text(random, 4),
                random.nextBoolean()
                        ? new KeyThumbprint.Certificate(print)
                        : new KeyThumbprint.Jwk(print),
                grant.resourceHash(),
                random.nextBoolean() || grant.isEmpty() ? null : grant,
                random.nextBoolean()
                        ? Budget.UNLIMITED
                        : new Budget(1 + (long) random.nextInt(1_000_000)),
                new TenantId("t" + random.nextInt(10)),
                random.nextBoolean() ? null : java.time.Duration.ofSeconds(random.nextInt(100_000)),
                random.nextBoolean()
                        ? null
                        : new dev.daypass.identity.UserId(
                                "https://login.example", "u" + random.nextInt(100)),
                Gen.list(
                        random,
                        3,
                        r ->
                                new Actor(
                                        new AgentId("a" + r.nextInt(9)),
                                        AccountId.of(
                                                r.nextInt(1 << 20),
                                                bytes(r, AccountId.RANDOM_BYTES)))),
                random.nextBoolean()
                        ? null
                        : new StatusReference(Gen.text(random, 5), random.nextInt(1 << 20)));
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
