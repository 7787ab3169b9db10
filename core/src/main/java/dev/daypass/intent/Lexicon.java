package dev.daypass.intent;

import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What words can mean: which kinds of action a word for doing stands for, what each kind licenses,
/// and which things a word for a thing may stand for. It decides alone what a task's words support;
/// no parser can add to it.
final class Lexicon {
    /// The kind of action that changes nothing.
    static final String LOOK = "look";

    private static final Map<String, Set<String>> GROUPS = new HashMap<>();
    private static final Map<String, List<Phrase>> PHRASES = new HashMap<>();
    private static final Map<String, Set<Trait>> LICENCES = new HashMap<>();
    private static final Map<String, Set<String>> THINGS = new HashMap<>();
    private static final Map<Trait, Set<String>> NOUNS = new java.util.EnumMap<>(Trait.class);
    private static final Set<String> VOCABULARY = new HashSet<>();
    private static final Set<String> LOOSE = new HashSet<>();
    private static final Map<String, List<Phrase>> THING_PHRASES = new HashMap<>();
    private static final java.util.regex.Pattern KEY =
            java.util.regex.Pattern.compile("([^(|]+)(?:\\(([a-z ]+)\\))? *\\|(.*)");

    private static final Set<String> STOP =
            words(
                    """
                    a an the of to from for in on at by with or and but nor so as than then if when while after before until
                    my me i we our us your you it its is are be been being was were this that these those he she they his her
                    their them him there here into onto out over up down off about please pls kindly thanks thank hi hey hello
                    not no do does did can could would should will shall may might must have has had having just also too very
                    one two some any each every other another such own same per via etc ok okay yes well really quite only
                    ahead later soon asap again already maybe perhaps anyway though however besides instead once first finally lastly next make sure want need like id im ive hope go going let get got\
                    """);
    private static final Set<String> STOPPED =
            STOP.stream().map(Stem::of).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> GENERIC =
            stems(
                    """
                    get all in for of by with from to the and or is on at per via a an my me list item object
                    resource entry api v1 v2 v3 rest id ids info information detail details data value values
                    result results available existing given now specific single one many batch bulk multiple
                    new type types kind name names details service manager tool query metadata content contents
                    async json request response using based details view index me self mine own me\
                    """);

    static {
        Verbs.TABLE.lines().forEach(Lexicon::verbs);
        Nouns.TABLE.lines().forEach(line -> nouns(line, true));
        resource("doings.txt").forEach(Lexicon::moreVerbs);
        resource("things.txt").forEach(line -> nouns(line, false));
        NOUNS.put(
                Trait.MONEY,
                stems(
                        """
                        pay payment card invoice bill money bank account balance price cost refund charge transfer order
                        booking reservation subscription plan transaction salary payroll payslip wage expense deposit loan budget
                        credit debit wallet iban fund cash discount coupon voucher checkout cart basket purchase insurance trade stock
                        statement standing rent tax donation fee reimbursement receipt payee beneficiary billing bought buy spend\
                        """));
        NOUNS.put(
                Trait.SECRET,
                stems(
                        "secret password passwd passcode pin token key credential otp code passphrase apikey api-key login ssh certificate 2fa"));
        NOUNS.put(
                Trait.ADMIN,
                stems(
                        """
                        admin administrator setting settings configuration config webhook role permission policy maintenance backup
                        integration hook quota protection rule ruleset tenant audit access firewall member viewer editor owner guest\
                        """));
        NOUNS.put(
                Trait.IDENTITY,
                stems(
                        """
                        login session role member membership invite invitation account identity collaborator mfa 2fa otp
                        two-factor signin sign-in signup registration access authentication\
                        """));
        NOUNS.put(
                Trait.OUTWARD,
                stems(
                        "message email mail notification comment reply post tweet invite invitation announcement share sharing sms text reminder participant"));
    }

    private Lexicon() {}

    /// Words that mean something only together.
    ///
    /// @param rest stems that follow the first, with at most two words between
    /// @param groups the kinds of action
    record Phrase(List<String> rest, Set<String> groups) {}

    /// The kinds of action that a word alone stands for.
    static Set<String> groups(String stem) {
        return GROUPS.getOrDefault(stem, Set.of());
    }

    /// The phrases that begin with a word.
    static List<Phrase> phrases(String stem) {
        return PHRASES.getOrDefault(stem, List.of());
    }

    /// Every kind of action.
    static Set<String> kinds() {
        return LICENCES.keySet();
    }

    /// What a kind of action may do.
    static Set<Trait> licence(String group) {
        return LICENCES.getOrDefault(group, Set.of());
    }

    /// The things that a word may stand for, itself included.
    static Set<String> things(String stem) {
        Set<String> known = THINGS.get(stem);
        return known == null ? Set.of(stem) : known;
    }

    /// Whether a word for a thing speaks of what a trait is about.
    static boolean noun(Trait trait, String stem) {
        return NOUNS.getOrDefault(trait, Set.of()).contains(stem);
    }

    /// Words that name nothing in a sentence.
    static boolean stop(String word) {
        return STOP.contains(word);
    }

    /// Words that tell no operation from another.
    static boolean generic(String stem) {
        return GENERIC.contains(stem);
    }

    static boolean known(String stem) {
        return VOCABULARY.contains(stem) || STOPPED.contains(stem);
    }

    static Set<String> vocabulary() {
        return VOCABULARY;
    }

    static boolean reading(String stem) {
        return groups(stem).contains(LOOK);
    }

    /// The stems of words between white space.
    static Set<String> stems(String words) {
        return Stream.of(words.strip().split("\\s+"))
                .map(Stem::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The words between white space.
    static Set<String> words(String words) {
        return Stream.of(words.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    private static final Set<String> GENERAL =
            stems("create add update change edit modify set put make new insert");
    private static final Set<String> BROAD = Set.of("look", "create", "add", "update", "move");

    /// Whether a verb says no more than that something is made or changed.
    static boolean general(String stem) {
        return stem.isEmpty() || GENERAL.contains(stem);
    }

    /// The kinds of action that an operation of this verb is: the narrow ones, where there are any.
    static Set<String> narrow(String stem) {
        var out = new LinkedHashSet<>(groups(stem));
        if (!BROAD.containsAll(out) && !GENERAL.contains(stem)) {
            out.removeAll(BROAD);
        }
        return out;
    }

    private static void verbs(String line) {
        String[] parts = line.split("\\|");
        String group = parts[0].strip();
        var licence = EnumSet.noneOf(Trait.class);
        for (String trait : parts[1].strip().split("\\s+")) {
            licence.add(Trait.valueOf(trait.toUpperCase(Locale.ROOT)));
        }
        LICENCES.put(group, licence);
        for (String word : parts[2].strip().split("\\s+")) {
            String[] stems = Stream.of(word.split("\\+")).map(Stem::of).toArray(String[]::new);
            VOCABULARY.addAll(List.of(stems));
            if (stems.length == 1) {
                GROUPS.computeIfAbsent(stems[0], _ -> new LinkedHashSet<>()).add(group);
            } else {
                List<String> rest = List.of(stems).subList(1, stems.length);
                PHRASES.computeIfAbsent(stems[0], _ -> new ArrayList<>())
                        .add(new Phrase(rest, Set.of(group)));
            }
        }
    }

    static List<String> resource(String name) {
        try (var in = Lexicon.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void moreVerbs(String line) {
        var m = KEY.matcher(line);
        if (!m.matches()) throw new IllegalStateException(line);
        String group = m.group(1).strip();
        String traits = m.group(2) != null ? m.group(2) : "";
        Set<Trait> old = LICENCES.get(group);
        if (traits.isEmpty() && old == null) throw new IllegalStateException(line);
        String licence =
                old != null
                        ? old.stream().map(Trait::word).collect(Collectors.joining(" "))
                        : traits;
        verbs(group + " | " + licence + " | " + m.group(3));
    }

    static List<Phrase> thingPhrases(String stem) {
        return THING_PHRASES.getOrDefault(stem, List.of());
    }

    static boolean loose(String word, String thing) {
        return LOOSE.contains(word + " " + thing);
    }

    private static void nouns(String line, boolean plain) {
        String[] parts = line.split(":", 2);
        String meant = Stem.of(parts[0].strip());
        thing(meant, meant);
        for (String word : parts[1].strip().split("\\s+")) {
            if (plain) {
                thing(Stem.of(word), meant);
                continue;
            }
            String[] stems = Stream.of(word.split("\\+")).map(Stem::of).toArray(String[]::new);
            if (stems.length == 1) {
                if (!THINGS.getOrDefault(stems[0], Set.of()).contains(meant))
                    LOOSE.add(stems[0] + " " + meant);
                thing(stems[0], meant);
            } else {
                THING_PHRASES
                        .computeIfAbsent(stems[0], _ -> new ArrayList<>())
                        .add(new Phrase(List.of(stems).subList(1, stems.length), Set.of(meant)));
            }
        }
    }

    private static void thing(String word, String meant) {
        Set<String> meanings = THINGS.computeIfAbsent(word, _ -> new LinkedHashSet<>());
        meanings.add(word);
        meanings.add(meant);
        VOCABULARY.add(word);
    }
}
