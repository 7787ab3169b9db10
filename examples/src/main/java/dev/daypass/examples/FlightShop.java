package dev.daypass.examples;

import java.util.ArrayList;
import java.util.List;

/// A sample service on loopback that sells flights and holds users, cards and bookings. It wants
/// `X-Api-Key`. Its data is the same at every start, and gone at the end.
public final class FlightShop implements AutoCloseable {
    private final SampleServer server;
    private final HostileOperations hostile;

    private FlightShop(SampleServer server, HostileOperations hostile) {
        this.server = server;
        this.hostile = hostile;
    }

    /// @param port 0 for any free one
    /// @param apiKey what callers must send in `X-Api-Key`
    /// @throws java.io.UncheckedIOException if the port cannot be had
    /// @throws IllegalArgumentException if the key is empty
    public static FlightShop start(int port, String apiKey) {
        Credential credential = Credential.apiKey(apiKey);
        var server = new SampleServer("flight shop");
        var hostile = new HostileOperations(server.vertx());
        server.listen(port, new Routes(credential, routes(hostile)));
        return new FlightShop(server, hostile);
    }

    private static List<Route> routes(HostileOperations hostile) {
        var users = new UserOperations();
        var all = new ArrayList<Route>(OfferOperations.routes());
        all.addAll(new BookingOperations(users).routes());
        all.addAll(users.routes());
        all.addAll(hostile.routes());
        return all;
    }

    public int port() {
        return server.port();
    }

    /// Its OpenAPI 3.1 document, in YAML: what an operator registers.
    public String openApi() {
        return Resources.text("flight-shop.yaml");
    }

    /// The OpenAPI 3.1 document, in YAML, of its misbehaviours: for tests of an edge.
    public String hostileOpenApi() {
        return Resources.text("flight-shop-hostile.yaml");
    }

    /// How many endless or silent answers have a caller that is still there.
    public int openAnswers() {
        return hostile.openAnswers();
    }

    /// Cuts what is open and ends its threads. Closing twice does nothing.
    @Override
    public void close() {
        server.close();
    }
}
