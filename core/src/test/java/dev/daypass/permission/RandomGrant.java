package dev.daypass.permission;

import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Random grants and requests from a small world, so that they meet.
final class RandomGrant {
    static final List<ServiceId> SERVICES =
            List.of(new ServiceId("shop"), new ServiceId("library"));

    private static final List<String> OPERATIONS = List.of("find", "get", "page", "order");
    private static final List<String> PATHS =
            List.of("/offers", "/offers/{id}", "/offers/{id}.pdf", "/offers/{id}/pages/{page}");
    private static final List<String> SLOTS =
            List.of("path.id", "path.page", "query.from", "query.to", "body.x", "body.x");
    private static final List<String> VALUES = List.of("x", "y", "z", "é");
    static final List<String> NUMBERS = List.of("0", "1", "2.5", "2.50", "7", "-1", "1e0");
    private static final List<String> BOUNDS = List.of("0", "1", "2.5", "2.50", "100", "-1", "-3");
    private static final List<String> NAMES =
            List.of("from", "to", "other", "From", "from[]", "to.x");

    private RandomGrant() {}

    static Grant grant(Random random) {
        return Grant.of(Gen.list(random, 5, RandomGrant::permission));
    }

    /// A permission in which an operation has, nearly always, the same method and path.
    static Permission permission(Random random) {
        int operation = random.nextInt(OPERATIONS.size());
        int called = random.nextInt(20) == 0 ? random.nextInt(OPERATIONS.size()) : operation;
        return new Permission(
                new OperationId(Gen.pick(random, SERVICES), OPERATIONS.get(operation)),
                called == 3 || called == 0 ? HttpMethod.POST : HttpMethod.GET,
                PathTemplate.parse(PATHS.get(called)),
                constraints(random),
                Gen.list(random, 2, r -> Gen.pick(r, "query.from", "query.to")),
                random.nextInt(3) == 0 ? answer(random) : AnswerLimits.NONE);
    }

    static AnswerLimits answer(Random random) {
        return new AnswerLimits(
                Gen.list(
                        random,
                        3,
                        r -> Gen.pick(r, "/a", "/b", "/a/b", "/*/b", "/**/c", "/a/**/b")),
                random.nextInt(2) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3));
    }

    static Map<String, Constraint> constraints(Random random) {
        var out = new TreeMap<String, Constraint>();
        for (int i = random.nextInt(3); i > 0; i--) {
            out.put(Gen.pick(random, SLOTS), constraint(random));
        }
        return out;
    }

    static Constraint constraint(Random random) {
        Constraint given = given(random);
        return random.nextInt(6) == 0 ? new Constraint.IfGiven(given) : given;
    }

    private static Constraint given(Random random) {
        return random.nextInt(2) == 0
                ? new Constraint.OneOf(
                        Gen.list(random, 4, r -> Gen.pick(r, r.nextInt(3) == 0 ? NUMBERS : VALUES)))
                : Constraint.All.of(
                        Stream.concat(
                                        Stream.of(single(random)),
                                        Gen.list(random, 2, RandomGrant::single).stream())
                                .toList());
    }

    private static Constraint.Single single(Random random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> range(random);
            case 2 -> new Prefix(Gen.pick(random, "x", "xy", "xyz", "2", "é", "x/"));
            case 3 -> new MaxLength(random.nextInt(4));
            default -> Matches.of(Gen.pick(random, "[a-z]+", "x.*", "[0-9.]*", ".?"));
        };
    }

    private static Range range(Random random) {
        var a = new BigDecimal(Gen.pick(random, BOUNDS));
        var b = new BigDecimal(Gen.pick(random, BOUNDS));
        return random.nextInt(4) == 0
                ? new Range(a.min(b), Decimals.GREATEST)
                : new Range(random.nextInt(3) > 0 ? BigDecimal.ZERO : a.min(b), a.max(b).abs());
    }

    static RequestBody body(Random random) {
        List<String> members =
                random.nextInt(4) > 0
                        ? List.of("\"x\":" + json(random))
                        : Gen.list(
                                random,
                                3,
                                r -> "\"" + Gen.pick(r, "x", "X", "y") + "\":" + json(r));
        return random.nextInt(10) == 0
                ? new RequestBody.Unread()
                : RequestBody.parse(
                        ("{" + String.join(",", members) + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Gen.pick(random, NUMBERS);
            case 1 -> "[" + String.join(",", Gen.list(random, 3, RandomGrant::quoted)) + "]";
            default -> quoted(random);
        };
    }

    private static String quoted(Random random) {
        return "\"" + Gen.pick(random, random.nextInt(4) == 0 ? NUMBERS : VALUES) + "\"";
    }

    static CanonicalRequest request(Random random) {
        String value = Gen.pick(random, "x", "y", "z", "%C3%A9", "w");
        String path =
                Gen.pick(
                        random,
                        "/offers",
                        "/offers/" + value,
                        "/offers/" + value + ".pdf",
                        "/offers/" + value + "/pages/" + Gen.pick(random, "x", "y"));
        List<String> query =
                Gen.list(
                        random, 3, r -> Gen.pick(r, NAMES) + "=" + Gen.pick(r, "x", "y", "z", "w"));
        return CanonicalRequest.parse(
                random.nextInt(2) == 0 ? HttpMethod.POST : HttpMethod.GET,
                path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
    }
}
