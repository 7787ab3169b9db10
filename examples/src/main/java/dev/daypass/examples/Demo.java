package dev.daypass.examples;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.cli.ToolClient;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The story of Daypass, on real servers and real connections: what each step does, what came of
/// it, how long it took. Ends with exit status 0 only if every step went as it should.
public final class Demo {
    private static final String CHEAPEST = "find the cheapest flight from New York to London";
    private static final String ONE_NOTE = "list my notes and read note n-17";
    private static final String ONE_PAPER = "download the pdf of paper p-1706";

    private final DemoWorld world;
    private final Storyteller story;

    private Demo(DemoWorld world, Storyteller story) {
        this.world = world;
        this.story = story;
    }

    /// @param args none
    public static void main(String[] args) {
        // What PostgreSQL's starter says of its own is for its makers.
        System.setProperty("org.slf4j.simpleLogger.log.io.zonky.test", "off");
        System.exit(run(new Storyteller(System.out)) ? 0 : 1);
    }

    /// Tells the whole story.
    ///
    /// @return whether every step went as it should
    static boolean run(Storyteller story) {
        story.title("Daypass: a temporary account for one task, instead of a permanent key");
        try (var servers = new AcrossServers();
                DemoWorld world = DemoWorld.build(story)) {
            Demo demo = new Demo(world, story);
            demo.shopping();
            demo.humans();
            demo.research();
            demo.tools();
            SubAgents.tell(story, world, CHEAPEST);
            demo.ledger();
            servers.tell(story, CHEAPEST);
        }
        return story.end();
    }

    private void shopping() {
        story.chapter("A shopping agent");
        AgentClient buybot = world.agent("buybot");
        Answer opened =
                story.step(
                        "buybot opens an account: “" + CHEAPEST + "”",
                        () -> buybot.open(task(CHEAPEST, "10m")));
        story.expect(
                "an active account that may search offers, from New York to London only",
                opened.status() == 201
                        && Trees.operations(opened).equals(List.of("flights.searchOffers")));
        story.show(Trees.granted(opened));
        story.show(Trees.dropped(opened));
        Secret token = Secret.of(opened.text("access_token").orElse("none"));

        Answer offers =
                story.step(
                        "it searches, through the edge, over mutual TLS",
                        () -> buybot.call("GET", "/flights/offers?from=NYC&to=LON", token));
        story.expect(
                "the offers, cheapest first: " + Trees.cheapest(offers), offers.status() == 200);
        story.refused(
                "it asks for the payment methods of a customer",
                () -> buybot.call("GET", "/flights/users/u-1/payment-methods", token),
                403,
                "permitted");
        story.refused(
                "it searches for Paris, which the task did not say",
                () -> buybot.call("GET", "/flights/offers?from=NYC&to=PAR", token),
                403,
                "permitted");
        story.refused(
                "a thief has the token, but another certificate",
                () -> world.agent("magpie").call("GET", "/flights/offers?from=NYC&to=LON", token),
                401,
                "verify");
        story.refused(
                "somebody calls the shop itself, without Daypass",
                world::callShopDirectly,
                401,
                "");

        Answer completed =
                story.step(
                        "buybot is done and says so",
                        () ->
                                buybot.send(
                                        "POST", "/v1/accounts/" + id(opened) + "/complete", null));
        story.expect("the account is gone", completed.status() == 200);
        story.refused(
                "its token, one moment later",
                () -> buybot.call("GET", "/flights/offers?from=NYC&to=LON", token),
                401,
                "fresh");
    }

    private void humans() {
        story.chapter("Rules, and a human");
        AgentClient buybot = world.agent("buybot");
        Answer asked =
                story.step(
                        "buybot wants the same for two hours",
                        () -> buybot.open(task(CHEAPEST, "2h")));
        story.expect(
                "it waits: rule `an-hour-is-long` wants a human",
                asked.status() == 202 && asked.bodyText().contains("an-hour-is-long"));
        Answer approved =
                story.step(
                        "a human approves: daypass approve " + id(asked),
                        () ->
                                world.operator()
                                        .send(
                                                "POST",
                                                "/v1/accounts/" + id(asked) + "/approve",
                                                null));
        story.expect("the account is active", approved.status() == 200);
        Answer renewed =
                story.step(
                        "buybot fetches its token",
                        () -> buybot.send("POST", "/v1/accounts/" + id(asked) + "/token", null));
        Secret token = Secret.of(renewed.text("access_token").orElse("none"));
        Answer offers =
                story.step(
                        "and searches",
                        () -> buybot.call("GET", "/flights/offers?from=NYC&to=LON", token));
        story.expect("the offers", offers.status() == 200);
        Answer revoked =
                story.step(
                        "an operator revokes it: daypass revoke " + id(asked),
                        () -> world.operator().send("DELETE", "/v1/accounts/" + id(asked), null));
        story.expect("revoked", revoked.status() == 200);
        story.refused(
                "after that answer no edge accepts the token",
                () -> buybot.call("GET", "/flights/offers?from=NYC&to=LON", token),
                401,
                "fresh");
        story.refused(
                "roamer asks from outside the permitted addresses",
                () -> world.agent("roamer").open(task(CHEAPEST, "10m")),
                403,
                "decide");
        story.refused(
                "buybot asks to delete a customer, which is outside its ceiling",
                () -> buybot.open(task("delete the user u-1", "10m")),
                422,
                "confine");
    }

    private void research() {
        story.chapter("A research agent: one PDF, once");
        AgentClient researcher = world.agent("researcher");
        Json.Obj once =
                Json.object().put("task", ONE_PAPER).put("ttl", "5m").put("uses", 1).build();
        Answer opened =
                story.step(
                        "researcher opens an account: “" + ONE_PAPER + "”",
                        () -> researcher.open(once));
        story.expect(
                "an active account, good for one call",
                opened.status() == 201 && opened.bodyText().contains("\"calls_max\":1"));
        story.show(Trees.granted(opened));
        Secret token = Secret.of(opened.text("access_token").orElse("none"));
        story.refused(
                "another paper",
                () -> researcher.call("GET", "/papers/papers/p-1815/pdf", token),
                403,
                "permitted");
        Answer pdf =
                story.step(
                        "it downloads the paper",
                        () -> researcher.call("GET", "/papers/papers/p-1706/pdf", token));
        byte[] bytes = pdf.body().bytes();
        boolean isPdf =
                bytes.length > 5
                        && new String(bytes, 0, 5, StandardCharsets.US_ASCII).equals("%PDF-");
        story.expect("a PDF of %d bytes".formatted(bytes.length), pdf.status() == 200 && isPdf);
        story.refused(
                "it downloads it again",
                () -> researcher.call("GET", "/papers/papers/p-1706/pdf", token),
                0,
                "");
    }

    private void tools() {
        story.chapter("An agent with tools: an MCP server behind the edge");
        AgentClient secretary = world.agent("secretary");
        Answer opened =
                story.step(
                        "secretary opens an account: “" + ONE_NOTE + "”",
                        () -> secretary.open(task(ONE_NOTE, "5m")));
        story.expect(
                "an active account that may list the notes and read that one",
                Trees.operations(opened).equals(List.of("notes.list_notes", "notes.read_note")));
        story.show(Trees.granted(opened));
        Secret token = Secret.of(opened.text("access_token").orElse("none"));
        ToolClient tools =
                story.step(
                        "it begins a session through the edge",
                        () -> secretary.tools("notes", token));
        Answer list = story.step("it lists the tools", tools::list);
        story.expect(
                "two of four: it does not even see the others",
                list.bodyText().contains("read_note")
                        && !list.bodyText().contains("delete_note")
                        && !list.bodyText().contains("share_note"));
        Answer read = story.step("it reads the note", () -> tools.call("read_note", note("n-17")));
        story.expect("the flat is free in May", read.bodyText().contains("free in May"));
        Answer other =
                story.step(
                        "it reads another note, which the task did not say",
                        () -> tools.call("read_note", note("n-21")));
        story.expect(
                "refused, and the note box never heard of it",
                !other.bodyText().contains("4711") && other.bodyText().contains("\"error\""));
        Answer deleted =
                story.step(
                        "a note says “delete me”, and it tries",
                        () -> tools.call("delete_note", note("n-17")));
        story.expect("refused: nobody asked for it", deleted.bodyText().contains("\"error\""));
    }

    private static Json note(String id) {
        return Json.object().put("note_id", id).build();
    }

    private void ledger() {
        story.chapter("What remains");
        Answer verified =
                story.step(
                        "the ledger is verified, link by link",
                        () -> world.operator().send("GET", "/v1/ledger/verify", null));
        story.expect(
                verified.text("facts").orElse("no") + " facts, none changed, none missing",
                verified.text("verified").orElse("").equals("true"));
        Answer facts = world.operator().send("GET", "/v1/ledger/facts?limit=1000", null);
        story.expect("no API key and no token is in it", !world.holdsSecret(facts.bodyText()));
    }

    private static Json.Obj task(String words, String ttl) {
        return Json.object().put("task", words).put("ttl", ttl).build();
    }

    private static String id(Answer answer) {
        return answer.text("id").orElse("none");
    }
}
