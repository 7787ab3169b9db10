package dev.daypass.examples;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The chapter in which an agent hands a part of its account on to another.
final class SubAgents {
    private static final String SEARCH = "/flights/offers?from=NYC&to=LON";

    private SubAgents() {}

    static void tell(Storyteller story, DemoWorld world, String task) {
        story.chapter("Two agents: a part of an account, handed on");
        AgentClient buybot = world.agent("buybot");
        AgentClient scout = world.agent("scout");
        Answer parent =
                story.step(
                        "buybot opens the account again, and names scout as its delegate",
                        () ->
                                buybot.open(
                                        Json.object()
                                                .put("task", task)
                                                .put("ttl", "10m")
                                                .put("delegates", Json.strings(List.of("scout")))
                                                .build()));
        story.expect("an active account", parent.status() == 201);
        Answer child =
                story.step(
                        "scout opens one below it, for the same words",
                        () -> scout.open(below(parent, task)));
        Secret token = Secret.of(child.text("access_token").orElse("none"));
        story.expect(
                "its token says who acts, and for whom: scout, for buybot",
                child.status() == 201 && claims(token).contains(act(child, parent)));
        Answer offers = story.step("scout searches", () -> scout.call("GET", SEARCH, token));
        story.expect("the offers", offers.status() == 200);
        story.refused(
                "buybot tries scout's token",
                () -> buybot.call("GET", SEARCH, token),
                401,
                "verify");
        story.refused(
                "scout wants more than buybot has",
                () -> scout.open(below(parent, "list the customers")),
                422,
                "confine");
        story.refused(
                "magpie, whom nobody named, wants a part of it too",
                () -> world.agent("magpie").open(below(parent, task)),
                404,
                "confine");
        Answer completed =
                story.step(
                        "buybot is done and says so",
                        () ->
                                buybot.send(
                                        "POST", "/v1/accounts/" + id(parent) + "/complete", null));
        story.expect("the account is gone", completed.status() == 200);
        story.refused(
                "scout's token, one moment later",
                () -> scout.call("GET", SEARCH, token),
                401,
                "fresh");
    }

    private static Json.Obj below(Answer parent, String task) {
        return Json.object().put("task", task).put("parent", id(parent)).build();
    }

    private static String claims(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        return parts.length < 2
                ? ""
                : new String(Base64Url.decode(parts[1]), StandardCharsets.UTF_8);
    }

    private static String act(Answer child, Answer parent) {
        return "\"act\":{\"sub\":\"scout\",\"account\":\"%s\",\"act\":{\"sub\":\"buybot\",\"account\":\"%s\"}}"
                .formatted(id(child), id(parent));
    }

    private static String id(Answer answer) {
        return answer.text("id").orElse("none");
    }
}
