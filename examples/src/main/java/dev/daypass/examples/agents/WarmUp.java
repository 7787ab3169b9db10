package dev.daypass.examples.agents;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;

/// What makes a server one that has run for a while: accounts as the agents open them, by somebody
/// else, while the services answer at once.
final class WarmUp {
    private final World world;
    private final AgentClient shopper;
    private final AgentClient researcher;

    WarmUp(World world) {
        this.world = world;
        this.shopper = world.agent("shopper");
        this.researcher = world.agent("researcher");
    }

    /// @param accounts how many of each
    void run(int accounts) {
        for (int i = 0; i < accounts; i++) {
            shop();
            read();
        }
    }

    private void shop() {
        Answer opened =
                opened(shopper, "log in to the shop, search products and put one into the cart", 4);
        Secret token = token(opened);
        shopper.call("POST", "/shop/session", token);
        shopper.call("GET", "/shop/products?words=lamp", token);
        String account = "/v1/accounts/" + opened.text("id").orElseThrow();
        shopper.send(
                "POST",
                account + "/widen",
                Json.object().put("reason", "place the order and pay the total of 1.00").build());
        world.operator("POST", account + "/approve", null);
        shopper.send("GET", account, null);
        Secret more = token(shopper.send("POST", account + "/token", null));
        shopper.call("POST", "/shop/orders", more); // without a body: the shop refuses it
        shopper.send("POST", account + "/complete", null);
    }

    private void read() {
        Answer opened = opened(researcher, "search papers and download the pdf of each paper", 9);
        researcher.call("GET", "/papers/papers?q=random", token(opened));
        String parent = opened.text("id").orElseThrow();
        Answer once =
                researcher.open(
                        Json.object()
                                .put("task", "download the pdf of paper p-1706")
                                .put("parent", parent)
                                .put("budget", Json.object().put("calls", 1).build())
                                .build());
        researcher.call("GET", "/papers/papers/p-1706/pdf", token(once));
        researcher.send("POST", "/v1/accounts/" + parent + "/complete", null);
    }

    private static Answer opened(AgentClient agent, String task, int calls) {
        return agent.open(
                Json.object()
                        .put("task", task)
                        .put("budget", Json.object().put("calls", calls).build())
                        .build());
    }

    private static Secret token(Answer answer) {
        return Secret.of(answer.text("access_token").orElseThrow());
    }
}
