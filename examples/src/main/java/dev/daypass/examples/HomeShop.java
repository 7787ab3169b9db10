package dev.daypass.examples;

import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// A sample shop on loopback for things of the house, as shops are: a customer logs in with a
/// password, gets a session cookie, fills a cart and checks out. It takes its time as shops do.
public final class HomeShop implements AutoCloseable {
    static final String COOKIE = "shop_session";
    private static final Duration SESSION = Duration.ofMinutes(30);
    private static final int SESSIONS_MAX = 1_000;
    private static final int ID_BYTES = 24;

    private final SampleServer server = new SampleServer("home shop");
    private final SecureRandom random = new SecureRandom();
    private final Supplier<Pace> pace;
    private final byte[] login;
    private final ShopDesk desk = new ShopDesk();
    private final Map<String, Session> sessions =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
                    return size() > SESSIONS_MAX;
                }
            };

    private HomeShop(String user, String password, Supplier<Pace> pace) {
        this.pace = pace;
        this.login =
                ("Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (user + ":" + password)
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /// What a cookie stands for: a cart of its own.
    private record Session(Handler<HttpServerRequest> desk, long endNanos) {}

    /// @param port 0 for any free one
    /// @param user who may log in
    /// @param password with what
    /// @param pace how long it takes to answer, asked each time
    /// @throws java.io.UncheckedIOException if the port cannot be had
    public static HomeShop start(int port, String user, String password, Supplier<Pace> pace) {
        var shop = new HomeShop(user, password, pace);
        shop.server.listen(port, shop::handle);
        return shop;
    }

    private void handle(HttpServerRequest request) {
        pace.get().then(server.vertx(), request, () -> answer(request));
    }

    private void answer(HttpServerRequest request) {
        request.exceptionHandler(_ -> {});
        request.response().exceptionHandler(_ -> {});
        if (request.method().equals(HttpMethod.POST) && "/session".equals(request.path())) {
            logIn(request);
            return;
        }
        Cookie sent = request.getCookie(COOKIE);
        Session session = sent == null ? null : sessions.get(sent.getValue());
        if (session == null || System.nanoTime() - session.endNanos() > 0) {
            Answer.problem(401, "Not logged in", "no session, or one that is over: POST /session")
                    .send(request.response());
            return;
        }
        session.desk().handle(request);
    }

    private void logIn(HttpServerRequest request) {
        byte[] sent =
                Objects.requireNonNullElse(request.getHeader("Authorization"), "")
                        .getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(login, sent)) {
            Answer.problem(401, "Unauthorized", "unknown customer or wrong password")
                    .with("WWW-Authenticate", "Basic realm=\"home shop\"")
                    .send(request.response());
            return;
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64Url.encode(bytes);
        sessions.put(
                id,
                new Session(
                        new Routes(Credential.none(), desk.routes(new Cart())),
                        System.nanoTime() + SESSION.toNanos()));
        request.response()
                .addCookie(
                        Cookie.cookie(COOKIE, id)
                                .setPath("/")
                                .setHttpOnly(true)
                                .setSameSite(CookieSameSite.STRICT)
                                .setMaxAge(SESSION.toSeconds()));
        Answer.json(201, Json.object().put("customer", ShopDesk.CUSTOMER).build())
                .send(request.response());
    }

    public int port() {
        return server.port();
    }

    /// Its OpenAPI 3.1 document, in YAML: what an operator registers.
    public String openApi() {
        return Resources.text("home-shop.yaml");
    }

    /// How many orders were placed since the start.
    public int orders() {
        return desk.orders();
    }

    /// Cuts what is open and ends its threads. Closing twice does nothing.
    @Override
    public void close() {
        server.close();
    }
}
