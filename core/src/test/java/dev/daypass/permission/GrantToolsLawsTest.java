package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Parameter.Place;
import dev.daypass.wire.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a tool's schema takes lies within the grant, over random grants and calls.
class GrantToolsLawsTest {
    private static final ServiceId SHOP = new ServiceId("shop");

    private static Operation operation(HttpMethod method, String path, Parameter... parameters) {
        return new Operation(
                new OperationId(SHOP, "find"),
                method,
                PathTemplate.parse(path),
                Set.of(method.safe() ? Trait.READ : Trait.WRITE),
                List.of(parameters),
                "Finds offers",
                List.of());
    }

    private static Parameter parameter(Place place, String name, boolean required, String type) {
        return new Parameter(place, name, required, type, List.of(), "");
    }

    private static final List<String> SLOTS =
            List.of(
                    "query.from",
                    "query.max",
                    "query.tag",
                    "query.free",
                    "path.id",
                    "body.x",
                    "body.n",
                    "body.x_list",
                    "body/o/a",
                    "body/o/b",
                    "body/lines/*/a",
                    "header.x-tenant");

    private static Operation any(Random random) {
        List<String> types = List.of("string", "integer", "number", "boolean", "array");
        return operation(
                Gen.pick(random, HttpMethod.GET, HttpMethod.POST),
                Gen.pick(random, "/offers", "/offers/{id}"),
                parameter(Place.QUERY, "from", random.nextBoolean(), Gen.pick(random, types)),
                parameter(Place.QUERY, "max", false, Gen.pick(random, types)),
                parameter(Place.QUERY, "From", false, Gen.pick(random, types)),
                list(random, Place.QUERY, "tag"),
                list(random, Place.BODY, "x_list"),
                parameter(Place.HEADER, "X-Tenant", false, "string"),
                parameter(Place.BODY, "x", random.nextBoolean(), Gen.pick(random, types)),
                parameter(Place.BODY, "lines", false, "array"));
    }

    private static Parameter list(Random random, Place place, String name) {
        String items = Gen.pick(random, "", "string", "integer", "number", "boolean", "object");
        return new Parameter(place, name, false, "array", List.of(), "", items);
    }

    private static Map<String, Constraint> bounds(Random random) {
        var out = new TreeMap<String, Constraint>();
        for (int i = random.nextInt(4); i > 0; i--) {
            out.put(Gen.pick(random, SLOTS), RandomGrant.constraint(random));
        }
        return out;
    }

    @Test
    void each_call_that_follows_a_schema_is_permitted() {
        var seen = new AtomicInteger();
        Check.forAll(
                20_000,
                random -> {
                    Map<String, Constraint> bounds = bounds(random);
                    if (!bounds.values().stream().allMatch(SchemaPatterns::said)) {
                        return;
                    }
                    Operation operation = any(random);
                    Permission permission = Permission.of(operation, bounds);
                    Grant grant = Grant.of(List.of(permission));
                    for (GrantedTool tool : GrantTools.of(grant, List.of(operation)).tools()) {
                        Json.Obj arguments = arguments(random, tool);
                        if (!SchemaCheck.fits(tool.schema(), arguments)) {
                            continue;
                        }
                        ToolCalls.Made made = ToolCalls.of(tool, arguments);
                        if (made != null) {
                            seen.incrementAndGet();
                            assertTrue(
                                    grant.covers(SHOP, made.request(), made.body())
                                            instanceof Coverage.Covered,
                                    () ->
                                            tool.toJson().text()
                                                    + arguments.text()
                                                    + grant.covers(
                                                            SHOP, made.request(), made.body()));
                        }
                    }
                });
        assertTrue(seen.get() > 1_000 || !System.getProperty("seed", "").isEmpty());
    }

    private static Json.Obj arguments(Random random, GrantedTool tool) {
        var out = new LinkedHashMap<String, Json>();
        var properties =
                (Json.Obj)
                        tool.schema().members().getOrDefault("properties", Json.object().build());
        properties
                .members()
                .forEach((name, schema) -> {
                    Json value = null;
                    for (int i = 0;
                            i < 30 && (value == null || !SchemaCheck.fits(schema, value));
                            i++) {
                        value = value(random, schema, 0);
                    }
                    if (value != null && SchemaCheck.fits(schema, value) && random.nextInt(8) > 0) {
                        out.put(name, value);
                    }
                });
        return Json.obj(out);
    }

    private static Json value(Random random, Json schema, int depth) {
        Map<String, Json> known = schema instanceof Json.Obj(var members) ? members : Map.of();
        return switch (random.nextInt(depth > 2 ? 3 : 6)) {
            case 0 -> known.getOrDefault("const", Json.of(random.nextInt(5)));
            case 1 ->
                    known.get("enum") instanceof Json.Arr(var items)
                            ? Gen.pick(random, items)
                            : Json.of(Gen.pick(random, "x", "xy", "x/y", "é", "2", "", "a, b"));
            case 2 -> Gen.pick(random, Json.of(random.nextBoolean()), new Json.Num(number(random)));
            case 3 -> known.getOrDefault("minimum", known.getOrDefault("maximum", Json.of("z")));
            case 4 ->
                    Json.array(
                            Gen.list(
                                    random,
                                    3,
                                    r ->
                                            value(
                                                    r,
                                                    known.getOrDefault("items", Json.of(true)),
                                                    depth + 1)));
            default -> object(random, known, depth);
        };
    }

    private static Json object(Random random, Map<String, Json> known, int depth) {
        var out = Json.object();
        if (known.get("properties") instanceof Json.Obj(var members)) {
            members.forEach((name, schema) -> {
                if (random.nextInt(8) > 0) {
                    out.put(name, value(random, schema, depth + 1));
                }
            });
        }
        return out.build();
    }

    private static BigDecimal number(Random random) {
        return new BigDecimal(Gen.pick(random, "0", "1", "2.5", "7", "-1", "99.25"));
    }
}
