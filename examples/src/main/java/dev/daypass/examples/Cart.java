package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a customer of the home shop is about to buy: things, and how many of each.
final class Cart {
    private static final int LINES_MAX = 20;
    private final Map<Product, Integer> lines = new LinkedHashMap<>();

    boolean put(Product product, int quantity) {
        if (lines.size() >= LINES_MAX && !lines.containsKey(product)) {
            return false;
        }
        lines.put(product, quantity);
        return true;
    }

    boolean remove(Product product) {
        return lines.remove(product) != null;
    }

    boolean empty() {
        return lines.isEmpty();
    }

    void clear() {
        lines.clear();
    }

    Money total() {
        return new Money(
                lines.entrySet().stream()
                        .mapToLong(line -> line.getKey().price().times(line.getValue()).cents())
                        .sum());
    }

    Json.Obj toJson() {
        List<Json.Obj> items =
                lines.entrySet().stream()
                        .map(line ->
                                Json.object()
                                        .put("product_id", line.getKey().id())
                                        .put("title", line.getKey().title())
                                        .put("quantity", line.getValue())
                                        .build())
                        .toList();
        return Json.object().put("items", Json.array(items)).put("total", total().toJson()).build();
    }
}
