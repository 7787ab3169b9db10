package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What anybody with the shop's key may look up.
final class OfferOperations {
    private static final int OFFERS_MAX = 50;

    private OfferOperations() {}

    static List<Route> routes() {
        return List.of(
                Route.get("/offers", OfferOperations::search),
                Route.get("/offers/{offerId}", OfferOperations::offer),
                Route.get("/airports", OfferOperations::airports));
    }

    private static Answer search(Call call) {
        City from = city("from", call.required("from"));
        City to = city("to", call.required("to"));
        if (from == to) {
            throw new WireException(
                    "`from` and `to` are both `%s`; expected two cities".formatted(to));
        }
        LocalDate day = call.dateOr("date", Timetable.FIRST_DAY);
        int max = call.max(OFFERS_MAX);
        List<Json.Obj> offers =
                Timetable.offers(from, to, day).stream().limit(max).map(Offer::toJson).toList();
        return Answer.json(
                200,
                Json.object()
                        .put("from", from.toJson())
                        .put("to", to.toJson())
                        .put("date", day.toString())
                        .put("offers", Json.array(offers))
                        .build());
    }

    private static Answer offer(Call call) {
        String id = call.variable("offerId");
        return Timetable.offer(id)
                .map(offer -> Answer.json(200, offer.toJson()))
                .orElseGet(() -> Answer.notFound("offer", id));
    }

    private static Answer airports(Call call) {
        String only = call.queryOr("city", "");
        List<City> cities = only.isEmpty() ? List.of(City.values()) : List.of(city("city", only));
        List<Json.Obj> airports =
                cities.stream()
                        .flatMap(city -> city.airports().stream().map(code -> airport(city, code)))
                        .toList();
        return Answer.json(200, Json.object().put("airports", Json.array(airports)).build());
    }

    private static Json.Obj airport(City city, String code) {
        return Json.object()
                .put("code", code)
                .put("city", city.name())
                .put("city_name", city.title())
                .put("time_zone", city.zone().getId())
                .build();
    }

    private static City city(String name, String code) {
        return City.of(code)
                .orElseThrow(() ->
                        new WireException(
                                "query parameter `%s` is `%s`; expected one of %s"
                                        .formatted(name, code, codes())));
    }

    private static String codes() {
        return Arrays.stream(City.values()).map(City::name).collect(Collectors.joining(", "));
    }
}
