package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A thing that the home shop sells.
///
/// @param id of it
/// @param title what it is
/// @param price of one
record Product(String id, String title, Money price) {
    private static final List<String> KINDS = List.of("kettle", "lamp", "pan", "clock", "chair");
    private static final List<String> MAKES =
            List.of("Copper", "Steel", "Travel", "Glass", "Enamel", "Plain", "Tall");
    private static final int CHEAPEST_CENTS = 1_990;
    private static final int STEP_CENTS = 835;

    /// All of them, the same at every start.
    static List<Product> all() {
        return KINDS.stream().flatMap(kind -> MAKES.stream().map(make -> of(make, kind))).toList();
    }

    private static Product of(String make, String kind) {
        int place = (MAKES.indexOf(make) * 3 + 2) % MAKES.size();
        return new Product(
                (kind + "-" + make).toLowerCase(Locale.ROOT),
                make + " " + kind,
                new Money(CHEAPEST_CENTS + (long) STEP_CENTS * (place + KINDS.indexOf(kind))));
    }

    static Optional<Product> find(String id) {
        return all().stream().filter(product -> product.id().equals(id)).findFirst();
    }

    boolean called(String words) {
        return title.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    Json.Obj toJson() {
        return Json.object().put("id", id).put("title", title).put("price", price.toJson()).build();
    }
}
