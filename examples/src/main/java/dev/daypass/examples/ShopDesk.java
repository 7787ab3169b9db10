package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a customer who is logged in to the home shop can do. Used by one event loop only.
final class ShopDesk {
    static final String CUSTOMER = "Ada Green";
    private static final int PAGE = 4;
    private static final int QUANTITY_MAX = 9;
    private static final int ORDERS_MAX = 10_000;

    private final List<Json.Obj> orders = new ArrayList<>();

    int orders() {
        return orders.size();
    }

    /// @param cart of the session
    List<Route> routes(Cart cart) {
        return List.of(
                Route.get("/products", ShopDesk::search),
                Route.get("/products/{productId}", ShopDesk::product),
                Route.get("/cart", _ -> Answer.json(200, cart.toJson())),
                Route.whole(HttpMethod.POST, "/cart/items", call -> add(call, cart)),
                Route.whole(
                        HttpMethod.DELETE, "/cart/items/{productId}", call -> remove(call, cart)),
                Route.whole(HttpMethod.POST, "/orders", call -> placeOrder(call, cart)),
                Route.get("/orders", _ -> history()),
                Route.get("/customer", _ -> customer()));
    }

    private static Answer search(Call call) {
        String words = call.required("words");
        int page = page(call.queryOr("page", "1"));
        List<Product> found =
                Product.all().stream()
                        .filter(product -> product.called(words))
                        .sorted(
                                Comparator.comparingLong((Product p) -> p.price().cents())
                                        .thenComparing(Product::id))
                        .toList();
        List<Json.Obj> here =
                found.stream()
                        .skip((long) PAGE * (page - 1))
                        .limit(PAGE)
                        .map(Product::toJson)
                        .toList();
        return Answer.json(
                200,
                Json.object()
                        .put("page", page)
                        .put("pages", (found.size() + PAGE - 1) / PAGE)
                        .put("products", Json.array(here))
                        .build());
    }

    private static int page(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new WireException(
                    "query parameter `page` is `%s`; expected 1 or more".formatted(text));
        }
        return Integer.parseInt(text);
    }

    private static Answer product(Call call) {
        String id = call.variable("productId");
        return Product.find(id)
                .map(product -> Answer.json(200, product.toJson()))
                .orElseGet(() -> Answer.notFound("product", id));
    }

    private static Answer add(Call call, Cart cart) {
        JsonFields body = call.json();
        String id = body.string("product_id");
        int quantity = Math.toIntExact(Math.clamp(body.longValue("quantity"), -1, 1_000));
        body.end();
        if (quantity < 1 || quantity > QUANTITY_MAX) {
            throw new WireException("`quantity` must be 1 to %d".formatted(QUANTITY_MAX));
        }
        Optional<Product> product = Product.find(id);
        if (product.isEmpty()) {
            return Answer.problem(422, "Unusable reference", "no product `%s`".formatted(id));
        }
        return cart.put(product.get(), quantity)
                ? Answer.json(200, cart.toJson())
                : Answer.problem(409, "Full", "the cart holds no more");
    }

    private static Answer remove(Call call, Cart cart) {
        String id = call.variable("productId");
        return Product.find(id).filter(cart::remove).isPresent()
                ? Answer.json(200, cart.toJson())
                : Answer.notFound("product in the cart", id);
    }

    private Answer placeOrder(Call call, Cart cart) {
        JsonFields body = call.json();
        String total = body.string("total");
        body.end();
        String due =
                cart.total().toJson().members().get("amount") instanceof Json.Str(var amount)
                        ? amount
                        : "";
        if (cart.empty() || !due.equals(total) || orders.size() >= ORDERS_MAX) {
            return Answer.problem(
                    409,
                    "Conflict",
                    cart.empty()
                            ? "the cart is empty"
                            : "the cart comes to %s, not to `%s`".formatted(due, total));
        }
        Json.Obj order =
                Json.object()
                        .put("id", "o-" + (orders.size() + 1))
                        .put("paid", cart.toJson())
                        .build();
        orders.add(order);
        cart.clear();
        return Answer.json(201, order);
    }

    private Answer history() {
        return Answer.json(200, Json.object().put("orders", Json.array(orders)).build());
    }

    private static Answer customer() {
        return Answer.json(
                200,
                Json.object()
                        .put("name", CUSTOMER)
                        .put("address", "4 Mill Lane, Oxbridge")
                        .put("card", "•••• 4242")
                        .build());
    }
}
