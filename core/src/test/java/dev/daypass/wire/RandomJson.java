package dev.daypass.wire;

import dev.daypass.check.Gen;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Random;

/// Random JSON values that a reader accepts.
final class RandomJson {
    private RandomJson() {}

    static Json value(Random random, int depthMax) {
        return switch (random.nextInt(depthMax > 0 ? 8 : 6)) {
            case 0 -> new Json.Null();
            case 1 -> Json.of(random.nextBoolean());
            case 2, 3 -> new Json.Num(number(random));
            case 4, 5 -> Json.of(Gen.text(random, 6));
            case 6 -> Json.array(Gen.list(random, 4, r -> value(r, depthMax - 1)));
            default -> object(random, depthMax);
        };
    }

    static Json.Obj object(Random random, int depthMax) {
        var members = new LinkedHashMap<String, Json>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(Gen.text(random, 3), value(random, depthMax - 1));
        }
        return Json.obj(members);
    }

    static BigDecimal number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(-100, 100));
            case 1 -> BigDecimal.valueOf(random.nextLong());
            case 2 -> new BigDecimal(Double.toString(finite(random)));
            default ->
                    new BigDecimal(
                            new BigInteger(1 + random.nextInt(200), random),
                            random.nextInt(-900, 900));
        };
    }

    /// A double of any size, not only of the ordinary ones.
    static double finite(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextDouble();
    }
}
