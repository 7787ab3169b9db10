package dev.daypass.intent;

import dev.daypass.permission.Trait;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What things and doings imply of each other: to create a payment is to pay, and to buy is to put
/// into a cart and to check out.
final class Kinds {
    private static final Map<String, Set<String>> OF_THING = new HashMap<>();
    private static final Map<String, Set<String>> IMPLIED = new HashMap<>();

    static {
        thing(
                "payment transfer transaction charge money wire remittance topup deposit donation tip",
                "pay");
        thing("withdrawal payout", "pay");
        thing("order purchase checkout cart basket item", "buy");
        thing("refund return reimbursement", "refund");
        thing(
                "booking reservation appointment rental trip ride table seat visit stay leave",
                "book");
        thing("event meeting calendar slot call", "schedule");
        thing("message email mail sms dm text reminder", "send");
        thing("notification alert announcement reminder", "notify");
        thing("reminder event task todo alarm", "remind");
        thing("reply answer response", "reply send");
        thing("comment note review annotation", "comment");
        thing("reaction emoji star like", "follow add");
        thing(
                "invitation invite member participant collaborator attendee guest user",
                "invite add");
        thing("share permission link collaborator access", "share");
        thing("post tweet article announcement status", "publish");
        thing("invoice bill", "bill");
        thing(
                "leave claim expense request application ticket issue form timesheet absence report",
                "submit");
        thing("subscription", "follow buy");
        thing("session login token auth", "identity");
        thing("deployment job build workflow pipeline backup snapshot export scan", "run");
        thing("backup snapshot copy fork clone", "copy");
        thing("task todo reminder note", "add");

        implied("email mail e-mail", "email mail message");
        implied("message text ping dm", "message dm text sms");
        implied("book reserve rent hire", "booking reservation rental appointment");
        implied("schedule arrange", "event meeting appointment calendar schedule booking");
        implied("pay settle", "payment bill invoice transfer transaction money");
        implied("transfer wire remit", "transfer payment money transaction fund");
        implied("send", "message");
        implied(
                "buy purchase order rebuy reorder get acquire",
                "order cart basket checkout product item purchase");
        implied("checkout", "checkout cart order");
        implied("sell trade", "order trade stock");
        implied("refund reimburse return", "refund return reimbursement");
        implied("invite", "invitation invite participant attendee member guest");
        implied("tweet post publish", "tweet post");
        implied("retweet", "tweet retweet");
        implied("comment", "comment");
        implied("reply respond answer", "reply response answer");
        implied("share", "share permission sharing link");
        implied("remind", "reminder event");
        implied("log login sign signin authenticate", "login session auth");
        implied("invoice bill", "invoice");
        implied("react like", "reaction like");
        implied("tag label", "tag label");
        implied("assign", "assignee assignment");
        implied("deploy release", "deployment release");
        implied("backup snapshot", "backup snapshot");
        implied("subscribe unsubscribe", "subscription");
        implied("apply", "application");
        implied("donate", "donation");
        implied("deposit fund", "deposit account fund");
        implied("withdraw", "withdrawal fund money");
        implied("forward", "forward");
        implied("call", "call");
        implied("note", "note");
        for (String line : Lexicon.resource("implied.txt")) {
            String[] parts = line.split(":");
            implied(parts[0], parts[1]);
        }
        implied("claim", "claim expense");
        implied("review rate", "review rating");
    }

    /// The kinds of action that are no more than a change of something that is there.
    static final Set<String> CHANGES =
            Set.of(
                    "update",
                    "edit",
                    "move",
                    "postpone",
                    "rename",
                    "replace",
                    "mark",
                    "close",
                    "reopen",
                    "assign",
                    "unassign",
                    "resize",
                    "extend",
                    "renew",
                    "enable",
                    "disable",
                    "reset",
                    "rate",
                    "tag",
                    "pin",
                    "dim",
                    "scale",
                    "archive",
                    "restore");

    private Kinds() {}

    private static void thing(String things, String groups) {
        for (String stem : Lexicon.stems(things)) {
            OF_THING.computeIfAbsent(stem, _ -> new HashSet<>()).addAll(Lexicon.words(groups));
        }
    }

    private static void implied(String verbs, String things) {
        for (String stem : Lexicon.stems(verbs)) {
            IMPLIED.computeIfAbsent(stem, _ -> new HashSet<>()).addAll(Lexicon.stems(things));
        }
    }

    /// The kinds of action that creating a thing is.
    static Set<String> ofThing(String stem) {
        return OF_THING.getOrDefault(stem, Set.of());
    }

    /// The kinds of action by which an operation of a trait can be asked for, whatever its name.
    static Set<String> ofTrait(Trait trait) {
        return switch (trait) {
            case DELETE -> Set.of("delete", "cancel");
            case MONEY -> Set.of("pay", "buy");
            case OUTWARD -> Set.of("send", "notify");
            case ADMIN -> Set.of("admin");
            case IDENTITY -> Set.of("identity");
            case READ, WRITE, PERSONAL, SECRET -> Set.of();
        };
    }

    /// The things that a word for doing speaks of without naming them.
    static Set<String> impliedBy(String verb) {
        return IMPLIED.getOrDefault(verb, Set.of());
    }
}
