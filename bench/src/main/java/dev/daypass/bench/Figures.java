package dev.daypass.bench;

import dev.daypass.wire.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// Numbers, in and out of JSON.
final class Figures {
    private static final MathContext DIGITS = new MathContext(4);

    private Figures() {}

    /// Four digits, which is more than a busy machine can tell.
    static Json.Num of(double value) {
        return new Json.Num(
                new BigDecimal(new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString()));
    }

    /// A number below an object, by the names that lead to it; not a number where there is none.
    static double number(Json json, String... path) {
        Json here = json;
        for (String name : path) {
            if (!(here instanceof Json.Obj(var members)) || !members.containsKey(name)) {
                return Double.NaN;
            }
            here = members.get(name);
        }
        return here instanceof Json.Num(var value) ? value.doubleValue() : Double.NaN;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
