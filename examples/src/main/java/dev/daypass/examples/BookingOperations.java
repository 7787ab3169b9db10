package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Bookings, their payments and their mails. Used by one event loop only.
final class BookingOperations {
    static final String EMAIL = "[^@\\s]{1,64}@[^@\\s]{1,190}";
    private static final int BOOKINGS_MAX = 10_000;
    private static final int PASSENGERS_MAX = 9;

    private final Map<String, Booking> bookings = new LinkedHashMap<>();
    private final UserOperations users;
    private int paymentsMade;
    private int mailsSent;

    BookingOperations(UserOperations users) {
        this.users = users;
    }

    List<Route> routes() {
        String one = "/bookings/{bookingId}";
        return List.of(
                Route.whole(HttpMethod.POST, "/bookings", this::book),
                Route.get(one, onBooking((_, booking) -> Answer.json(200, booking.toJson()))),
                Route.whole(HttpMethod.DELETE, one, onBooking(this::cancel)),
                Route.whole(HttpMethod.POST, one + "/payments", onBooking(this::pay)),
                Route.whole(HttpMethod.POST, one + "/itinerary-mails", onBooking(this::mail)));
    }

    private interface OnBooking {
        Answer answer(Call call, Booking booking);
    }

    private Function<Call, Answer> onBooking(OnBooking operation) {
        return call -> {
            String id = call.variable("bookingId");
            return Optional.ofNullable(bookings.get(id))
                    .map(booking -> operation.answer(call, booking))
                    .orElseGet(() -> Answer.notFound("booking", id));
        };
    }

    private Answer book(Call call) {
        JsonFields body = call.json();
        String offerId = body.string("offer_id");
        String userId = body.string("user_id");
        List<String> passengers = body.strings("passengers");
        body.end();
        if (passengers.isEmpty() || passengers.size() > PASSENGERS_MAX) {
            throw new WireException(
                    "`passengers` must hold 1 to %d names".formatted(PASSENGERS_MAX));
        }
        Optional<Offer> offer = Timetable.offer(offerId);
        if (offer.isEmpty() || users.find(userId).isEmpty()) {
            return unusable(offer.isEmpty() ? "offer" : "user", offer.isEmpty() ? offerId : userId);
        }
        return passengers.size() > offer.get().seatsLeft()
                ? Answer.problem(409, "Sold out", "fewer seats are left than passengers")
                : held(offer.get(), userId, passengers);
    }

    private Answer held(Offer offer, String userId, List<String> passengers) {
        if (bookings.size() >= BOOKINGS_MAX) {
            return Answer.problem(
                    409, "Full", "the shop holds at most %d bookings".formatted(BOOKINGS_MAX));
        }
        String id = "b-" + (bookings.size() + 1);
        var booking = new Booking(id, Booking.State.HELD, userId, offer, passengers);
        bookings.put(id, booking);
        return Answer.json(201, booking.toJson()).with("Location", "/bookings/" + id);
    }

    private Answer cancel(Call call, Booking booking) {
        bookings.put(booking.id(), booking.in(Booking.State.CANCELLED));
        return Answer.noContent();
    }

    private Answer pay(Call call, Booking booking) {
        JsonFields body = call.json();
        String methodId = body.string("payment_method_id");
        body.end();
        if (users.find(booking.userId()).filter(user -> user.paysWith(methodId)).isEmpty()) {
            return unusable("payment method", methodId);
        }
        return switch (booking.state()) {
            case PAID -> Answer.problem(409, "Conflict", "this booking is paid already");
            case CANCELLED -> Answer.problem(409, "Conflict", "this booking is cancelled");
            case HELD -> paid(booking, methodId);
        };
    }

    private Answer paid(Booking booking, String methodId) {
        paymentsMade++;
        bookings.put(booking.id(), booking.in(Booking.State.PAID));
        return Answer.json(
                201,
                Json.object()
                        .put("id", "pay-" + paymentsMade)
                        .put("booking_id", booking.id())
                        .put("payment_method_id", methodId)
                        .put("amount", booking.total().toJson())
                        .build());
    }

    private Answer mail(Call call, Booking booking) {
        JsonFields body = call.json();
        String to = body.string("to");
        body.end();
        if (!to.matches(EMAIL)) {
            throw new WireException("`to` is not an address");
        }
        mailsSent++;
        return Answer.json(
                202,
                Json.object()
                        .put("id", "mail-" + mailsSent)
                        .put("booking_id", booking.id())
                        .put("to", to)
                        .build());
    }

    private static Answer unusable(String kind, String id) {
        return Answer.problem(422, "Unusable reference", "no %s `%s`".formatted(kind, id));
    }
}
