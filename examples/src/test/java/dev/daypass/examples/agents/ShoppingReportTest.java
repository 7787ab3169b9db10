package dev.daypass.examples.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the ledger tells of a shopping agent's account once it is over.
class ShoppingReportTest {
    @TempDir Path directory;

    @Test
    void the_report_says_what_was_bought_how_and_who_agreed_and_holds_no_secret()
            throws IOException {
        try (World world = World.build(directory)) {
            var shopping = new ShoppingAgent(world, Programs.here());
            Trial.Inspected trial = new Trial(world, shopping, Way.SDK).inspected();
            String account = trial.outcome().account().orElseThrow();
            Path page = Path.of("target", "shopping-report.html").toAbsolutePath();

            String text = withItsLastCall(world, account);
            run(world, "ledger", "report", account, "--html", page.toString());

            for (String said :
                    new String[] {
                        "log in to the shop, search products for kettle",
                        "“place the order and pay the total of 19.90”: granted by ",
                        "shop.logIn",
                        "shop.placeOrder",
                        "POST /orders"
                    }) {
                assertTrue(text.contains(said), () -> said + " is not in\n" + text);
            }
            String html = Files.readString(page);
            assertTrue(html.contains("pay the total of 19.90"), html);
            for (String told : new String[] {text, html}) {
                assertFalse(told.contains(world.password()));
                trial.loot().tokens().forEach(token -> assertFalse(told.contains(token)));
            }
            assertEquals(1, world.orders());
        }
    }

    /// A fact may be recorded a moment after the answer of its call.
    private String withItsLastCall(World world, String account) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String text = run(world, "ledger", "report", account);
        while (!text.contains("POST /orders") && System.nanoTime() < until) {
            LockSupport.parkNanos(20_000_000);
            text = run(world, "ledger", "report", account);
        }
        return text;
    }

    private String run(World world, String... words) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var shell =
                new Shell(
                        out,
                        out,
                        new ByteArrayInputStream(new byte[0]),
                        Map.of(
                                "DAYPASS_DATA", directory.resolve("data").toString(),
                                "DAYPASS_CONSOLE", world.console().toString()),
                        directory,
                        Clock.systemUTC(),
                        Thread::sleep);
        Commands.run(shell, words);
        return said.toString(StandardCharsets.UTF_8);
    }
}
