package dev.daypass.examples;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every flight of every day, worked out from the two cities and the date alone, so that the same
/// question has the same answer on every machine.
final class Timetable {
    /// The day that a search without a date means.
    static final LocalDate FIRST_DAY = LocalDate.of(2026, 12, 1);

    private static final Pattern ID = Pattern.compile("of-([a-z]{3})-([a-z]{3})-(\\d{8})-(\\d\\d)");
    private static final int FLIGHTS_MIN = 7;
    private static final int FLIGHTS_SPREAD = 6;
    private static final double CRUISE_KM_PER_MINUTE = 14.4;
    private static final List<Carrier> CARRIERS =
            List.of(
                    new Carrier("HC", "Halcyon Air", 1.00),
                    new Carrier("KL", "Kestrel Lines", 0.91),
                    new Carrier("MD", "Meridian", 1.22),
                    new Carrier("PT", "Petrel Airways", 0.84),
                    new Carrier("VB", "Boreal", 1.08));

    private Timetable() {}

    private record Carrier(String code, String name, double priceFactor) {}

    /// The offers of one day, cheapest first.
    static List<Offer> offers(City from, City to, LocalDate day) {
        if (from == to) {
            return List.of();
        }
        var out = new ArrayList<Offer>();
        for (int i = 0; i < flights(from, to); i++) {
            out.add(offer(from, to, day, i));
        }
        out.sort(Comparator.<Offer>comparingLong(o -> o.price().cents()).thenComparing(Offer::id));
        return List.copyOf(out);
    }

    static Optional<Offer> offer(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<City> from = City.of(parts.group(1).toUpperCase(Locale.ROOT));
        Optional<City> to = City.of(parts.group(2).toUpperCase(Locale.ROOT));
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return Optional.empty();
        }
        int index = Integer.parseInt(parts.group(4));
        return index < flights(from.get(), to.get())
                ? day(parts.group(3)).map(day -> offer(from.get(), to.get(), day, index))
                : Optional.empty();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static int flights(City from, City to) {
        return FLIGHTS_MIN + new Random(seed(from, to, "")).nextInt(FLIGHTS_SPREAD);
    }

    private static Offer offer(City from, City to, LocalDate day, int index) {
        // A flight keeps carrier, times and airports; only its price and seats change by the day.
        Random flight = new Random(seed(from, to, "#" + index));
        Random sale = new Random(seed(from, to, day + "#" + index));
        Carrier carrier = pick(CARRIERS, flight);
        double km = from.kilometresTo(to);
        int stops = km > 2_000 && flight.nextInt(3) == 0 ? 1 : 0;
        ZonedDateTime departs =
                day.atTime(5, 30)
                        .atZone(from.zone())
                        .plusMinutes(90L * index + 5L * flight.nextInt(15));
        ZonedDateTime arrives =
                departs.plus(flightTime(km, stops, flight)).withZoneSameInstant(to.zone());
        String number = carrier.code() + " " + (100 + flight.nextInt(800));
        return new Offer(
                "of-%s-%s-%s-%02d"
                        .formatted(
                                lower(from),
                                lower(to),
                                day.format(DateTimeFormatter.BASIC_ISO_DATE),
                                index),
                new Offer.Flight(carrier.name(), number),
                new Offer.Stop(from, pick(from.airports(), flight), departs),
                new Offer.Stop(to, pick(to.airports(), flight), arrives),
                stops,
                price(km, stops, carrier, sale),
                1 + sale.nextInt(9));
    }

    private static Duration flightTime(double km, int stops, Random flight) {
        long minutes =
                Math.round(km / CRUISE_KM_PER_MINUTE) + 35 + stops * (75L + flight.nextInt(90));
        return Duration.ofMinutes(minutes / 5 * 5);
    }

    private static Money price(double km, int stops, Carrier carrier, Random sale) {
        double base = 42 + km * 0.058;
        double demand = 0.8 + sale.nextInt(60) / 100.0;
        double detour = stops == 0 ? 1.0 : 0.83;
        return new Money(Math.round(base * demand * detour * carrier.priceFactor() * 100));
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static String lower(City city) {
        return city.name().toLowerCase(Locale.ROOT);
    }

    // The hash of a string is fixed by its documentation, and so is what Random makes of a seed.
    private static long seed(City from, City to, String rest) {
        return (from.name() + to.name() + rest).hashCode() * 0x9E3779B97F4A7C15L;
    }
}
