package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where the flight shop flies. The constant's name is the metropolitan-area code.
enum City {
    NYC("New York", "America/New_York", 40.71, -74.01, "JFK EWR LGA"),
    LON("London", "Europe/London", 51.51, -0.13, "LHR LGW LCY"),
    PAR("Paris", "Europe/Paris", 48.86, 2.35, "CDG ORY"),
    BER("Berlin", "Europe/Berlin", 52.52, 13.40, "BER"),
    TYO("Tokyo", "Asia/Tokyo", 35.68, 139.69, "HND NRT"),
    SFO("San Francisco", "America/Los_Angeles", 37.77, -122.42, "SFO"),
    SIN("Singapore", "Asia/Singapore", 1.35, 103.82, "SIN"),
    SYD("Sydney", "Australia/Sydney", -33.87, 151.21, "SYD");

    private static final double EARTH_RADIUS_KM = 6371.0;

    private final String title;
    private final ZoneId zone;
    private final double latitude;
    private final double longitude;
    private final String airports;

    City(String title, String zone, double latitude, double longitude, String airports) {
        this.title = title;
        this.zone = ZoneId.of(zone);
        this.latitude = latitude;
        this.longitude = longitude;
        this.airports = airports;
    }

    static Optional<City> of(String code) {
        return Arrays.stream(values()).filter(city -> city.name().equals(code)).findFirst();
    }

    String title() {
        return title;
    }

    ZoneId zone() {
        return zone;
    }

    List<String> airports() {
        return List.of(airports.split(" "));
    }

    /// Great-circle distance in kilometres, by the haversine formula on a sphere.
    double kilometresTo(City other) {
        double north = StrictMath.sin(StrictMath.toRadians(other.latitude - latitude) / 2);
        double east = StrictMath.sin(StrictMath.toRadians(other.longitude - longitude) / 2);
        double h =
                north * north
                        + StrictMath.cos(StrictMath.toRadians(latitude))
                                * StrictMath.cos(StrictMath.toRadians(other.latitude))
                                * east
                                * east;
        return 2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.sqrt(h));
    }

    Json.Obj toJson() {
        return Json.object().put("code", name()).put("name", title).build();
    }
}
