package dev.daypass.examples.agents;

import dev.daypass.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// It logs in to a shop, searches, fills a cart, and pays once a human agreed. In Python.
final class ShoppingAgent implements Worked {
    static final String TASK =
            "log in to the shop, search products for kettle, put one product into the cart, place the order and pay for it";
    private final World world;
    private final Programs programs;

    ShoppingAgent(World world, Programs programs) {
        this.world = world;
        this.programs = programs;
    }

    @Override
    public String name() {
        return "shopping";
    }

    @Override
    public String wish() {
        return "kettle";
    }

    @Override
    public List<Way> ways() {
        return List.of(Way.values());
    }

    @Override
    public Program.Start start(Way way) {
        String home = world.home("shopper").toString();
        return switch (way) {
            case BEFORE -> started(List.of("python3", "before.py"), stored());
            case SDK ->
                    started(
                            List.of("python3", "after.py"),
                            Map.of(
                                    "HOME",
                                    home,
                                    "PYTHONPATH",
                                    programs.pythonSdk().toString(),
                                    "PYTHONDONTWRITEBYTECODE",
                                    "1"));
            case RUN -> started(underRun(), stored());
        };
    }

    private Program.Start started(List<String> words, Map<String, String> environment) {
        return new Program.Start(programs.folder("shopping"), words, environment);
    }

    private Map<String, String> stored() {
        return Map.of(
                "SHOP_URL", world.shop().toString(),
                "SHOP_USER", World.CUSTOMER,
                "SHOP_PASSWORD", world.password(),
                "PYTHONDONTWRITEBYTECODE", "1",
                "DAYPASS_IDENTITY", world.identity("shopper").toString());
    }

    private List<String> underRun() {
        return programs.daypass(
                "run",
                "--lease", // a busy machine may stand still for longer than the usual one
                "60s",
                "--task",
                TASK,
                "--service",
                "shop",
                "--budget",
                "calls=4",
                "--",
                "python3",
                "before.py");
    }

    @Override
    public String secret() {
        return world.password();
    }

    @Override
    public String secretName() {
        return "the customer's password";
    }

    @Override
    public boolean opensWithSecret() {
        String login =
                Base64.getEncoder()
                        .encodeToString(
                                (World.CUSTOMER + ":" + world.password())
                                        .getBytes(StandardCharsets.UTF_8));
        return Outside.status(world.shop().resolve("/session"), "POST", "Basic " + login) == 201;
    }

    @Override
    public int statusWithToken(String token) {
        return world.agent("researcher")
                .call("GET", "/shop/products?words=kettle", Secret.of(token))
                .status();
    }
}
