package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Customers and how they pay. Used by one event loop only.
final class UserOperations {
    private static final int USERS_MAX = 100;
    private static final int METHODS_MAX = 20;

    private final Map<String, User> users = new LinkedHashMap<>();
    private int methodsMade;

    UserOperations() {
        User.samples().forEach(user -> users.put(user.id(), user));
        methodsMade = users.values().stream().mapToInt(user -> user.methods().size()).sum();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/users", this::list),
                Route.get("/users/{userId}", onUser((_, user) -> Answer.json(200, user.toJson()))),
                Route.whole(HttpMethod.PATCH, "/users/{userId}", onUser(this::update)),
                Route.whole(HttpMethod.DELETE, "/users/{userId}", onUser(this::delete)),
                Route.get("/users/{userId}/payment-methods", onUser((_, user) -> methods(user))),
                Route.whole(
                        HttpMethod.POST,
                        "/users/{userId}/payment-methods",
                        onUser(this::addMethod)));
    }

    Optional<User> find(String id) {
        return Optional.ofNullable(users.get(id));
    }

    private interface OnUser {
        Answer answer(Call call, User user);
    }

    private Function<Call, Answer> onUser(OnUser operation) {
        return call -> {
            String id = call.variable("userId");
            return find(id).map(user -> operation.answer(call, user))
                    .orElseGet(() -> Answer.notFound("user", id));
        };
    }

    private Answer list(Call call) {
        String name = call.queryOr("name", "").toLowerCase(Locale.ROOT);
        int max = call.max(USERS_MAX);
        List<Json.Obj> found =
                users.values().stream()
                        .filter(user -> user.name().toLowerCase(Locale.ROOT).contains(name))
                        .limit(max)
                        .map(User::toJson)
                        .toList();
        return Answer.json(200, Json.object().put("users", Json.array(found)).build());
    }

    private Answer update(Call call, User user) {
        JsonFields body = call.json();
        String email = or(body.stringOrNull("email"), user.email());
        String phone = or(body.stringOrNull("phone"), user.phone());
        String home = or(body.stringOrNull("home"), user.home().name());
        body.end();
        City city =
                City.of(home)
                        .orElseThrow(() ->
                                new WireException(
                                        "`home` is `%s`; expected a city's code".formatted(home)));
        if (!email.matches(BookingOperations.EMAIL)) {
            throw new WireException("`email` is not an address");
        }
        var changed = new User(user.id(), user.name(), email, phone, city, user.methods());
        users.put(changed.id(), changed);
        return Answer.json(200, changed.toJson());
    }

    private Answer delete(Call call, User user) {
        users.remove(user.id());
        return Answer.noContent();
    }

    private static Answer methods(User user) {
        List<Json.Obj> methods = user.methods().stream().map(PaymentMethod::toJson).toList();
        return Answer.json(200, Json.object().put("payment_methods", Json.array(methods)).build());
    }

    private Answer addMethod(Call call, User user) {
        JsonFields body = call.json();
        String number = matching(body, "number", "\\d{12,19}", "12 to 19 digits");
        String expires =
                matching(body, "expires", "20\\d\\d-(0[1-9]|1[0-2])", "a month such as 2028-04");
        String holder = matching(body, "holder", ".{1,60}", "1 to 60 characters");
        body.end();
        if (user.methods().size() >= METHODS_MAX) {
            return Answer.problem(
                    409, "Conflict", "a user has at most %d cards".formatted(METHODS_MAX));
        }
        methodsMade++;
        String lastFour = number.substring(number.length() - 4);
        var method =
                new PaymentMethod("pm-" + methodsMade, brand(number), lastFour, expires, holder);
        users.put(user.id(), user.with(method));
        return Answer.json(201, method.toJson());
    }

    private static String matching(JsonFields body, String name, String regex, String expected) {
        String value = body.string(name);
        if (!value.matches(regex)) {
            throw new WireException("`%s` is not right; expected %s".formatted(name, expected));
        }
        return value;
    }

    private static String brand(String number) {
        if (number.startsWith("4")) {
            return "Visa";
        }
        return number.startsWith("5") ? "Mastercard" : "Card";
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
