package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.math.BigDecimal;

/// An amount in US dollars.
///
/// @param cents not negative
record Money(long cents) {
    Money times(int count) {
        return new Money(Math.multiplyExact(cents, count));
    }

    Json.Obj toJson() {
        return Json.object()
                .put("amount", BigDecimal.valueOf(cents, 2).toPlainString())
                .put("currency", "USD")
                .build();
    }
}
