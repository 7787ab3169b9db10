package dev.daypass.broker;

import dev.daypass.intent.Confined;
import dev.daypass.intent.Dropped;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Notice;
import dev.daypass.wire.Json;
import java.util.Map;

/// Refusals of the opening line that tell more than a sentence.
final class Refusals {
    private Refusals() {}

    /// The parser is not sure enough, and has questions.
    static Refusal notUnderstood(Intent intent) {
        return new Refusal(
                Refusal.Kind.NOT_UNDERSTOOD,
                "understand",
                "the words do not say clearly enough what is to be done",
                "say what is to be done to which things, such as: read the list of papers; `questions` tells what is open",
                Map.of(
                        "confidence", Confidence.toJson(intent.confidence()),
                        "questions", Json.strings(intent.questions())));
    }

    /// The words justify nothing that the agent may have.
    static Refusal nothingToGrant(Confined confined) {
        return of(
                confined,
                "the task's words justify nothing that this agent may have",
                "say which things the task reads or changes; `dropped` tells what was left out and why");
    }

    /// The words justify nothing that the account does not have.
    static Refusal nothingNew(Confined confined) {
        return of(
                confined,
                "the words justify nothing that the account does not have already",
                "say in `reason` which further things are to be read or changed, within this agent's ceiling; `dropped` tells what was left out and why");
    }

    private static Refusal of(Confined confined, String detail, String next) {
        return new Refusal(
                Refusal.Kind.NOTHING_TO_GRANT,
                "confine",
                detail,
                next,
                Map.of(
                        "dropped",
                                Json.array(
                                        confined.dropped().stream().map(Dropped::toJson).toList()),
                        "confidence", Confidence.toJson(confined.confidence()),
                        "notices",
                                Json.array(
                                        confined.notices().stream().map(Notice::toJson).toList()),
                        "questions", Json.strings(confined.questions())));
    }
}
