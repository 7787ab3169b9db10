package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.util.List;
import java.util.Locale;

/// Seats that a user holds on one flight.
///
/// @param id such as `b-1`
/// @param state how far it has come
/// @param userId who booked
/// @param offer what
/// @param passengers who flies, by name
record Booking(String id, State state, String userId, Offer offer, List<String> passengers) {
    /// Held until paid; cancelled for good.
    enum State {
        HELD,
        PAID,
        CANCELLED
    }

    Booking {
        passengers = List.copyOf(passengers);
    }

    Booking in(State next) {
        return new Booking(id, next, userId, offer, passengers);
    }

    Money total() {
        return offer.price().times(passengers.size());
    }

    Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("user_id", userId)
                .put("passengers", Json.strings(passengers))
                .put("total", total().toJson())
                .put("offer", offer.toJson())
                .build();
    }
}
