package dev.daypass.examples.live;

import dev.daypass.examples.FlightShop;
import dev.daypass.examples.NoteBox;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.nio.file.Path;
import java.util.List;

/// A server with the sample flight shop and the sample note box, and two agents.
final class SampleHouse implements AutoCloseable {
    private static final String KEY = "key-of-the-samples";

    private final FlightShop shop = FlightShop.start(0, KEY);
    private final NoteBox notes = NoteBox.start(0, KEY);
    private final Installation here = Installation.start();

    static SampleHouse start() {
        var house = new SampleHouse();
        house.furnish();
        return house;
    }

    private void furnish() {
        here.register(
                "flights",
                shop.openApi(),
                "http://127.0.0.1:" + shop.port(),
                here.credential("header", "X-Api-Key", KEY));
        Installation.must(
                here.operator()
                        .send(
                                "PUT",
                                "/v1/services/notes",
                                Json.object()
                                        .put("source", "notes")
                                        .put("mcp", notes.offer())
                                        .put(
                                                "upstream",
                                                "http://127.0.0.1:%d/mcp".formatted(notes.port()))
                                        .put("credential", here.credential("bearer", "", KEY))
                                        .build()));
        here.agent("agent");
        here.agent("other");
    }

    /// What the agent enrolled with.
    Path identity() {
        return here.identity("agent");
    }

    /// Accounts that are active now.
    List<String> active() {
        Json list = here.operator().send("GET", "/v1/accounts?state=active", null).json();
        return list instanceof Json.Arr(var items)
                ? items.stream().map(one -> JsonFields.of(one).string("id")).toList()
                : List.of();
    }

    /// What a client in another language needs to know, as JSON.
    String described() {
        return Json.object()
                .put("issuer", here.issuer().toString())
                .put("identity", identity().toString())
                .put("other", here.identity("other").toString())
                .build()
                .text();
    }

    @Override
    public void close() {
        here.close();
        notes.close();
        shop.close();
    }
}
