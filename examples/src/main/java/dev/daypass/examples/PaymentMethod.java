package dev.daypass.examples;

import dev.daypass.wire.Json;

/// A card that a user pays with. Of its number only the end is kept.
///
/// @param id such as `pm-1`
/// @param brand such as `Visa`
/// @param lastFour last four digits
/// @param expires month as `2028-04`
/// @param holder name on the card
record PaymentMethod(String id, String brand, String lastFour, String expires, String holder) {
    Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("kind", "card")
                .put("brand", brand)
                .put("last_four", lastFour)
                .put("expires", expires)
                .put("holder", holder)
                .build();
    }
}
