package dev.daypass.permission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What an operation does, judged by its method and the names it uses; never by prose, so that a
/// description cannot talk an operation harmless. Where a name can be read two ways, the reading
/// that needs more trust wins: a trait too many costs an approval, a trait too few costs more.
///
/// More names never take a trait away: adding a tag or a parameter can only add traits.
///
/// - **READ**: GET, HEAD and OPTIONS; and POST whose name begins or ends with search, query, find
///   or lookup, or begins with list followed by a noun, or whose path ends in one of the first
///   four, as long as neither its name nor its path has a word that changes something.
/// - **WRITE**: every other POST, PUT and PATCH; and a method that should only read but whose name
///   begins with, or whose path ends in, a word that can only mean a change.
/// - **DELETE**: DELETE; and any method whose name begins with, or whose path ends in, a word that
///   removes something.
/// - **MONEY**: a word of payment anywhere; or, where the operation writes, an order or a booking.
/// - **PERSONAL**: a word for a person or what belongs to one, anywhere.
/// - **SECRET**: a word for a key, token or password. A parameter that only carries the caller's
///   own credential or the position in a list (`api_key`, `page_token`) does not count, nor does a
///   parameter that is merely a `key`.
/// - **ADMIN**: a word for how the service is run, in name, path or tags; in parameters only where
///   the operation changes something.
/// - **OUTWARD**: a word for sending or publishing in name, path or tags, or a recipient among the
///   parameters, where the operation changes something: to read an inbox sends nothing.
/// - **IDENTITY**: a word for sign-in, roles or membership in name, path or tags; in parameters
///   only where the operation changes something.
public final class TraitRules {
    private static final Set<String> SEARCHING = Set.of("search", "query", "find", "lookup");
    private static final Set<String> REMOVING =
            Set.of("delete", "remove", "destroy", "purge", "erase", "wipe", "drop", "truncate");
    // No noun that a reading operation might be named after is among these.
    private static final Set<String> UNMISTAKABLY_CHANGING =
            words(
                    """
                    create add insert update upsert edit modify put patch replace save write upload
                    reset restore revoke cancel stop execute exec trigger restart enable disable
                    activate deactivate approve reject accept decline confirm submit publish send
                    notify invite pay subscribe unsubscribe lock unlock suspend unblock assign
                    unassign attach detach apply generate register logout follow unfollow unarchive
                    rerun dispatch mark toggle flush unset\
                    """);
    // Words that tools which only look are named after; no thing and no change has such a name.
    private static final Set<String> READING =
            words(
                    """
                    get list search find read view check show lookup fetch describe count query browse see retrieve
                    compare estimate compute calculate convert verify validate explain summarize preview inspect
                    analyze analyse navigate visit suggest recommend cat ls grep tail head wc du pwd diff stat filter detect
                    track trace locate identify download display examine peek scan summarise evaluate translate define
                    poll monitor whois is has who where what when how\
                    """);
    // What is opened to be read: `open_file`; a ticket or an account is opened to be there.
    private static final Set<String> OPENED_TO_READ =
            words("file document doc page webpage url link website mail email message attachment");
    // `check in` is no check.
    private static final Set<String> PARTICLES = words("in out up off");
    // A name that holds one of these, and no word of changing, names a thing.
    private static final Set<String> LINKING = words("of on for by per");
    private static final Set<String> THINGS_ONLY =
            words(
                    "status history list total balance overview summary report statistics availability forecast");
    private static final Set<String> CHANGING =
            union(
                    UNMISTAKABLY_CHANGING,
                    words(
                            """
                            new change set store import merge move copy rename close open start run launch
                            post reply share transfer charge refund purchase buy order book reserve
                            block grant sync rotate login archive clear take leave join kick ban mute
                            unmute pin unpin bring throw pull push turn switch make build deploy scale
                            reboot shut power wake sleep raise lower increase decrease adjust apply
                            redeem issue refresh renew extend shorten resize attach split combine
                            rate vote like star react flag tag label sign fill pick ship deliver
                            return exchange swap replace upgrade downgrade pause resume skip play
                            shuffle queue seek hold release unpublish schedule reschedule postpone
                            snooze dismiss complete finish resolve reopen escalate transition assign
                            deactivate suspend reinstate promote demote provision terminate kill
                            reply respond answer forward dispatch ring dial dim brighten arm disarm
                            feed water clean dock unplug charge topup top donate tip settle\
                            """));
    private static final Set<String> MONEY =
            words(
                    """
                    payment pay paid card creditcard debitcard invoice charge refund checkout payout
                    transfer billing bill purchase buy deposit withdraw withdrawal wallet donation
                    donate bank iban paymentmethod money remittance\
                    """);
    private static final Set<String> MONEY_IF_WRITTEN = words("order booking reservation");
    private static final Set<String> PERSONAL =
            words(
                    """
                    user profile email mail address phone telephone mobile contact passenger customer
                    paymentmethod traveler traveller guest patient employee subscriber account
                    birthday birthdate birth passport ssn\
                    """);
    private static final Set<String> SECRET =
            words(
                    """
                    token secret password passwd passphrase passcode credential apikey accesskey
                    privatekey secretkey sshkey gpgkey deploykey signingkey encryptionkey otp totp\
                    """);
    private static final Set<String> ADMIN =
            words(
                    """
                    admin administrator administration setting configuration config role permission
                    policy webhook hook ruleset protection maintenance backup tenant quota
                    integration impersonate superuser sudo\
                    """);
    private static final Set<String> OUTWARD =
            words(
                    """
                    send message messaging mail email sms notify notification share publish invite
                    invitation comment reply post tweet broadcast announce announcement\
                    """);
    private static final Set<String> TIDYING =
            words(
                    """
                    trash move archive unarchive mark label star unstar pin unpin mute unmute snooze flag unflag
                    hide empty cancel resolve unsubscribe block unblock rename tag untag read unread sort copy\
                    """);
    private static final Set<String> RECIPIENT = words("recipient cc bcc");
    private static final Set<String> IDENTITY =
            words(
                    """
                    login logout logon signin signup signout signon register registration session
                    oauth auth authentication authenticate authorize authorization sso saml oidc mfa
                    otp totp role member membership invitation invite collaborator impersonate\
                    """);

    private static final Set<String> OWN_CREDENTIAL =
            Set.of("apikey", "xapikey", "accesstoken", "authtoken", "xauthtoken", "authorization");
    private static final Set<String> LIST_POSITION =
            words("page pagination next previous prev continuation cursor sync start resume skip");

    private TraitRules() {}

    /// The names that traits are judged by.
    ///
    /// @param method HTTP method
    /// @param name the operation's name at its service
    /// @param path its path; variables count as parameters
    /// @param tags the groups that the service puts it in
    /// @param parameters the names of its arguments, wherever they travel
    public record Facts(
            HttpMethod method,
            String name,
            PathTemplate path,
            List<String> tags,
            List<String> parameters) {
        public Facts {
            tags = List.copyOf(tags);
            parameters = List.copyOf(parameters);
        }
    }

    /// The traits of an operation: at least one of read, write and delete, and whatever else its
    /// names say.
    public static Set<Trait> of(Facts facts) {
        var traits = EnumSet.noneOf(Trait.class);
        traits.addAll(effect(facts));
        boolean changes = traits.contains(Trait.WRITE) || traits.contains(Trait.DELETE);
        Set<String> names = names(facts);
        Set<String> parameters = parameters(facts);
        boolean anywhere = touches(MONEY, names) || touches(MONEY, parameters);
        addIf(anywhere || (changes && touches(MONEY_IF_WRITTEN, names)), Trait.MONEY, traits);
        addIf(touches(PERSONAL, names) || touches(PERSONAL, parameters), Trait.PERSONAL, traits);
        addIf(secret(facts, names), Trait.SECRET, traits);
        addIf(
                touches(ADMIN, names) || (changes && touches(ADMIN, parameters)),
                Trait.ADMIN,
                traits);
        addIf(
                changes
                        && ((touches(OUTWARD, names) && !tidies(facts))
                                || touches(RECIPIENT, parameters)),
                Trait.OUTWARD,
                traits);
        addIf(
                touches(IDENTITY, names) || (changes && touches(IDENTITY, parameters)),
                Trait.IDENTITY,
                traits);
        return traits;
    }

    /// The traits of a tool that tells no method: what its name begins with, behind the name of
    /// what it belongs to, stands for one. A name without a verb that reads is taken to change
    /// something.
    ///
    /// @param name the tool's name
    /// @param tags the groups it is in
    /// @param parameters the names of its arguments
    public static Set<Trait> ofTool(String name, List<String> tags, List<String> parameters) {
        HttpMethod method = toolReads(name) ? HttpMethod.GET : HttpMethod.POST;
        return of(
                new Facts(method, toolVerbFirst(name), PathTemplate.parse("/"), tags, parameters));
    }

    private static boolean toolReads(String name) {
        List<String> words = NameWords.split(lastPart(name));
        boolean changes =
                words.stream().anyMatch(w -> CHANGING.contains(w) || REMOVING.contains(w));
        boolean thing =
                words.stream().anyMatch(LINKING::contains)
                        || words.stream().anyMatch(THINGS_ONLY::contains)
                        || (!words.isEmpty()
                                && words.getLast().length() > 3
                                && words.getLast().endsWith("s"));
        if (!changes && thing) {
            return true;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean particle = i + 1 < words.size() && PARTICLES.contains(words.get(i + 1));
            if ((READING.contains(word) && !particle) || opensToRead(words, i)) {
                return true;
            }
            if (UNMISTAKABLY_CHANGING.contains(word) || REMOVING.contains(word)) {
                return false;
            }
        }
        return false;
    }

    private static boolean opensToRead(List<String> words, int at) {
        return words.get(at).equals("open")
                && words.size() == at + 2
                && OPENED_TO_READ.contains(words.get(at + 1));
    }

    // `cart_remove_product` is judged as `remove_product` is.
    private static String toolVerbFirst(String name) {
        List<String> words = NameWords.split(lastPart(name));
        for (int i = 1; i < words.size(); i++) {
            if (REMOVING.contains(words.get(i)) && !READING.contains(words.getFirst())) {
                return String.join("_", words.subList(i, words.size()))
                        + "_"
                        + String.join("_", words.subList(0, i));
            }
        }
        return name;
    }

    private static void addIf(boolean holds, Trait trait, Set<Trait> traits) {
        if (holds) {
            traits.add(trait);
        }
    }

    private static Set<Trait> effect(Facts facts) {
        boolean removes = leads(REMOVING, facts);
        return switch (facts.method()) {
            case GET, HEAD, OPTIONS ->
                    removes
                            ? EnumSet.of(Trait.READ, Trait.DELETE)
                            : leads(UNMISTAKABLY_CHANGING, facts)
                                    ? EnumSet.of(Trait.READ, Trait.WRITE)
                                    : EnumSet.of(Trait.READ);
            case POST ->
                    removes
                            ? EnumSet.of(Trait.WRITE, Trait.DELETE)
                            : EnumSet.of(searches(facts) ? Trait.READ : Trait.WRITE);
            case PUT, PATCH ->
                    removes ? EnumSet.of(Trait.WRITE, Trait.DELETE) : EnumSet.of(Trait.WRITE);
            case DELETE -> EnumSet.of(Trait.DELETE);
        };
    }

    // To move, mark or delete a message sends nothing to anybody.
    private static boolean tidies(Facts facts) {
        List<String> words = withoutMethod(NameWords.split(lastPart(facts.name())), facts.method());
        return facts.method() == HttpMethod.DELETE
                || words.stream().anyMatch(w -> TIDYING.contains(w) || REMOVING.contains(w));
    }

    /// Whether the verb of the name, or the last segment of the path, is one of `verbs`.
    private static boolean leads(Set<String> verbs, Facts facts) {
        List<String> verb = NameWords.split(lastPart(facts.name()));
        List<String> end = NameWords.split(lastSegment(facts.path()));
        List<String> named = withoutMethod(verb, facts.method());
        return (!named.isEmpty() && verbs.contains(named.getFirst()))
                || (!end.isEmpty() && verbs.contains(end.getFirst()));
    }

    private static boolean searches(Facts facts) {
        List<String> whole = withoutMethod(NameWords.split(facts.name()), facts.method());
        List<String> verb = withoutMethod(NameWords.split(lastPart(facts.name())), facts.method());
        var all = new HashSet<>(whole);
        facts.path().literals().forEach(literal -> all.addAll(NameWords.split(literal)));
        if (touches(CHANGING, all) || touches(REMOVING, all)) {
            return false;
        }
        boolean named =
                !verb.isEmpty()
                        && (SEARCHING.contains(verb.getFirst())
                                || SEARCHING.contains(verb.getLast())
                                || (verb.getFirst().equals("list") && whole.size() > 1));
        return named || SEARCHING.contains(lastSegment(facts.path()).toLowerCase(Locale.ROOT));
    }

    // `issues/add-labels`, `chat.postMessage`, `files:copy`: the verb is in the last part.
    private static String lastPart(String name) {
        int cut = -1;
        for (int i = 0; i < name.length() - 1; i++) {
            if ("/.:#".indexOf(name.charAt(i)) >= 0) {
                cut = i;
            }
        }
        return name.substring(cut + 1);
    }

    private static String lastSegment(PathTemplate path) {
        String text = path.toString();
        String last = text.substring(text.lastIndexOf('/') + 1);
        return last.indexOf('{') >= 0 ? "" : last.substring(last.lastIndexOf(':') + 1);
    }

    // `post_offers` is how a missing name is made up: its first word is no verb.
    private static List<String> withoutMethod(List<String> words, HttpMethod method) {
        boolean named =
                words.size() > 1 && words.getFirst().equals(method.name().toLowerCase(Locale.ROOT));
        return named ? words.subList(1, words.size()) : words;
    }

    private static Set<String> names(Facts facts) {
        var out = new HashSet<String>();
        String name =
                String.join(" ", withoutMethod(NameWords.split(facts.name()), facts.method()));
        out.addAll(NameWords.lookup(name));
        facts.path().literals().forEach(literal -> out.addAll(NameWords.lookup(literal)));
        facts.tags().forEach(tag -> out.addAll(NameWords.lookup(tag)));
        return out;
    }

    private static Set<String> parameters(Facts facts) {
        var out = new HashSet<String>();
        everyParameter(facts).forEach(name -> out.addAll(NameWords.lookup(name)));
        return out;
    }

    private static List<String> everyParameter(Facts facts) {
        var out = new ArrayList<>(facts.parameters());
        out.addAll(facts.path().variables());
        return out;
    }

    private static boolean secret(Facts facts, Set<String> names) {
        return touches(SECRET, names)
                || names.contains("key")
                || everyParameter(facts).stream().anyMatch(TraitRules::secretParameter);
    }

    private static boolean secretParameter(String name) {
        List<String> words = NameWords.split(name);
        var found = new HashSet<>(NameWords.lookup(name));
        found.retainAll(SECRET);
        boolean position =
                found.equals(Set.of("token")) && touches(LIST_POSITION, new HashSet<>(words));
        return !found.isEmpty() && !position && !OWN_CREDENTIAL.contains(String.join("", words));
    }

    private static boolean touches(Set<String> list, Set<String> words) {
        return !Collections.disjoint(list, words);
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        var out = new HashSet<>(a);
        out.addAll(b);
        return Set.copyOf(out);
    }
}
