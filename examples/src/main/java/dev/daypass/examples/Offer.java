package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// One flight on one day at one price.
///
/// @param id such as `of-nyc-lon-20261201-03`
/// @param flight carrier and number
/// @param from where it leaves
/// @param to where it arrives
/// @param stops 0 or 1
/// @param price for one passenger
/// @param seatsLeft how many can still be sold
record Offer(String id, Flight flight, Stop from, Stop to, int stops, Money price, int seatsLeft) {
    /// Who flies.
    ///
    /// @param carrier its name
    /// @param number such as `HC 117`
    record Flight(String carrier, String number) {}

    /// One end of the flight.
    ///
    /// @param city where
    /// @param airport code of the airport
    /// @param at in local time
    record Stop(City city, String airport, ZonedDateTime at) {
        private Json.Obj toJson() {
            return Json.object()
                    .put("city", city.name())
                    .put("airport", airport)
                    .put("at", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at))
                    .build();
        }
    }

    Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("carrier", flight.carrier())
                .put("flight", flight.number())
                .put("from", from.toJson())
                .put("to", to.toJson())
                .put("duration", Duration.between(from.at(), to.at()).toString())
                .put("stops", stops)
                .put("price", price.toJson())
                .put("seats_left", seatsLeft)
                .build();
    }
}
