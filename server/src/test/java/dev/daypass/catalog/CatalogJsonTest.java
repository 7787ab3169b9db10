package dev.daypass.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CatalogJsonTest {
    private static final Operation PAY =
            new Operation(
                    new OperationId(new ServiceId("shop"), "orders.pay"),
                    HttpMethod.POST,
                    PathTemplate.parse("/orders/{id}/pay"),
                    EnumSet.of(Trait.MONEY, Trait.WRITE),
                    List.of(
                            new Parameter(
                                    Parameter.Place.BODY,
                                    "card",
                                    true,
                                    "string",
                                    List.of(
                                            new Parameter.Choice("v", "Visa"),
                                            new Parameter.Choice("amex", "amex")),
                                    "which card")),
                    "Pays",
                    List.of("orders"));

    @Test
    void what_says_nothing_is_left_out() {
        assertEquals(
                "{\"v\":1,\"operations\":[{\"id\":\"shop.orders.pay\",\"method\":\"POST\","
                        + "\"path\":\"/orders/{id}/pay\",\"traits\":[\"write\",\"money\"],"
                        + "\"parameters\":[{\"in\":\"body\",\"name\":\"card\",\"required\":true,"
                        + "\"choices\":[[\"v\",\"Visa\"],\"amex\"],\"about\":\"which card\"}],"
                        + "\"summary\":\"Pays\",\"tags\":[\"orders\"]}]}",
                CatalogJson.write(List.of(PAY)).text());
        var bare =
                new Operation(
                        PAY.id(),
                        HttpMethod.GET,
                        PathTemplate.parse("/"),
                        Set.of(),
                        List.of(),
                        "",
                        List.of());
        assertEquals(
                "{\"v\":1,\"operations\":[{\"id\":\"shop.orders.pay\",\"method\":\"GET\",\"path\":\"/\",\"traits\":[]}]}",
                CatalogJson.write(List.of(bare)).text());
    }

    @Test
    void whatever_is_written_is_read_back_equal() {
        Long given = Long.getLong("seed");
        long seed = given == null ? new Random().nextLong() : given;
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Operation> operations = several(random, 6, () -> operation(random));
            byte[] stored = CatalogJson.write(operations).bytes();
            assertEquals(
                    operations,
                    CatalogJson.read(Json.parse(stored, JsonLimits.DOCUMENT)),
                    "-Dseed=" + seed);
        }
    }

    private static Operation operation(Random random) {
        var traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if (random.nextBoolean()) {
                traits.add(trait);
            }
        }
        HttpMethod[] methods = HttpMethod.values();
        return new Operation(
                new OperationId(
                        new ServiceId("s" + random.nextInt(100)), "n." + random.nextInt(1_000)),
                methods[random.nextInt(methods.length)],
                PathTemplate.parse("/a" + random.nextInt(9) + "/{b}.c"),
                traits,
                several(random, 4, () -> parameter(random)),
                text(random),
                several(random, 3, () -> text(random)));
    }

    private static Parameter parameter(Random random) {
        Parameter.Place[] places = Parameter.Place.values();
        return new Parameter(
                places[random.nextInt(places.length)],
                text(random) + "x",
                random.nextBoolean(),
                List.of("string", "integer", "array").get(random.nextInt(3)),
                several(random, 3, () -> choice(random)),
                text(random));
    }

    private static Parameter.Choice choice(Random random) {
        String value = text(random);
        return new Parameter.Choice(value, random.nextBoolean() ? value : text(random));
    }

    private static String text(Random random) {
        var out = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            out.appendCodePoint(
                    "aZ 0.\"\\/{}\u0000\n\u00e9\u4e2d\u2028".codePointAt(random.nextInt(15)));
        }
        return random.nextInt(8) == 0 ? out.append("\ud83d\ude00").toString() : out.toString();
    }

    private static <T> List<T> several(Random random, int max, Supplier<T> one) {
        var out = new ArrayList<T>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            out.add(one.get());
        }
        return out;
    }

    @Test
    void anything_else_is_refused() {
        String good = CatalogJson.write(List.of(PAY)).text();
        refused(good, "\"v\":1", "\"v\":2", "expected 1");
        refused(good, "\"v\":1,", "", "`v` is missing");
        refused(good, "\"v\":1", "\"v\":1,\"w\":1", "unknown member `w`");
        refused(good, "\"summary\"", "\"summery\"", "unknown member `summery`");
        refused(good, "\"about\"", "\"abuot\"", "unknown member `abuot`");
        refused(good, "shop.orders.pay", "shop", "no dot");
        refused(good, "shop.orders", "Shop.orders", "is not a name");
        refused(good, "orders.pay", "orders pay", "printable");
        refused(good, "\"POST\"", "\"post\"", "unknown method");
        refused(good, "\"/orders", "\"orders", "must start with /");
        refused(good, "\"money\"", "\"Money\"", "unknown trait");
        refused(good, "\"body\"", "\"cookie\"", "unknown place");
        refused(good, "[\"v\",\"Visa\"]", "[\"v\"]", "a choice is");
        refused(good, "[\"v\",\"Visa\"]", "7", "a choice is");
        refused(good, "\"required\":true", "\"required\":1", "expected true or false");
        refused(good, "\"operations\":[", "\"operations\":[3,", "expected an object");
    }

    private static void refused(String good, String part, String by, String why) {
        assertTrue(good.contains(part), part);
        Json bad = Json.parse(good.replace(part, by));
        var refusal = assertThrows(WireException.class, () -> CatalogJson.read(bad));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(why),
                () -> refusal.getMessage() + " lacks " + why);
    }
}
