package dev.daypass.examples;

import dev.daypass.wire.Json;
import java.util.List;

/// A customer of the flight shop.
///
/// @param id such as `u-1`
/// @param name full name
/// @param email where itineraries go
/// @param phone with country code
/// @param home where trips start unless said otherwise
/// @param methods how they pay
record User(
        String id,
        String name,
        String email,
        String phone,
        City home,
        List<PaymentMethod> methods) {
    User {
        methods = List.copyOf(methods);
    }

    User with(PaymentMethod method) {
        var more = new java.util.ArrayList<>(methods);
        more.add(method);
        return new User(id, name, email, phone, home, more);
    }

    boolean paysWith(String methodId) {
        return methods.stream().anyMatch(method -> method.id().equals(methodId));
    }

    Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("name", name)
                .put("email", email)
                .put("phone", phone)
                .put("home", home.name())
                .build();
    }

    /// The customers that a new shop has; nobody real.
    static List<User> samples() {
        return List.of(
                new User(
                        "u-1",
                        "Mara Lindqvist",
                        "mara@example.com",
                        "+1 555 0101",
                        City.NYC,
                        List.of(
                                card("pm-1", "Visa", "4242", "2028-04", "M LINDQVIST"),
                                card("pm-2", "Mastercard", "5100", "2027-11", "M LINDQVIST"))),
                new User(
                        "u-2",
                        "Tomas Okafor",
                        "tomas@example.com",
                        "+44 20 7946 0102",
                        City.LON,
                        List.of(card("pm-3", "Visa", "0119", "2029-01", "TOMAS OKAFOR"))),
                new User(
                        "u-3",
                        "Priya Raman",
                        "priya@example.com",
                        "+1 555 0103",
                        City.SFO,
                        List.of(card("pm-4", "Amex", "1005", "2027-06", "PRIYA RAMAN"))),
                new User(
                        "u-4",
                        "Elena Duarte",
                        "elena@example.com",
                        "+1 555 0104",
                        City.PAR,
                        List.of(card("pm-5", "Mastercard", "8210", "2028-09", "ELENA DUARTE"))),
                new User(
                        "u-5",
                        "Jonas Weber",
                        "jonas@example.com",
                        "+1 555 0105",
                        City.BER,
                        List.of()));
    }

    private static PaymentMethod card(
            String id, String brand, String lastFour, String expires, String holder) {
        return new PaymentMethod(id, brand, lastFour, expires, holder);
    }
}
