package dev.daypass.intent;

import dev.daypass.permission.Trait;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which words of a task can stand for a trait. An operation with a trait that none of the task's
/// words stands for is never granted, whatever a parser proposes.
final class Lexicon {
    private static final Map<Trait, Set<String>> WORDS = new EnumMap<>(Trait.class);
    private static final Set<Trait> CHANGES = Set.of(Trait.DELETE, Trait.MONEY, Trait.OUTWARD);
    private static final Set<String> READING =
            stems(
                    "find search get show list look read fetch download view check compare see browse open retrieve query what"
                            + " which when where who how display summarize summarise tell count cheapest best available");
    private static final Set<String> STOP =
            stems(
                    "a an the of to from for in on at by with and or my me i we our your you it its is are be this that then if"
                            + " into as please all any some one two do not no");

    static {
        WORDS.put(
                Trait.DELETE, stems("delete remove cancel erase drop destroy discard clear purge"));
        WORDS.put(
                Trait.MONEY,
                stems(
                        "pay buy purchase charge refund transfer checkout order payment card invoice bill"));
        WORDS.put(
                Trait.OUTWARD,
                stems(
                        "send mail email share notify message invite publish forward post reply tell"));
        WORDS.put(Trait.SECRET, stems("secret password token key credential"));
        WORDS.put(
                Trait.ADMIN,
                stems(
                        "admin administer configure setting settings webhook role permission manage"));
        WORDS.put(
                Trait.IDENTITY,
                stems(
                        "login sign session role member membership invite invitation account identity"));
        WORDS.put(
                Trait.WRITE,
                stems(
                        "create add make book reserve update change edit set put upload register rename write"
                                + " submit save store modify move copy assign schedule start stop comment"));
    }

    private Lexicon() {}

    /// Whether one of the words stands for the trait of an operation with these traits. Reading
    /// needs no word of its own; what is personal needs the name of the thing, which matching asks
    /// for anyway. A change that deletes, pays or sends is justified by the word for that, and by
    /// no other.
    static boolean supports(Trait trait, Set<Trait> traits, Set<String> stems) {
        return switch (trait) {
            case READ, PERSONAL -> true;
            case WRITE -> {
                boolean special = CHANGES.stream().anyMatch(traits::contains);
                yield has(Trait.WRITE, stems)
                        || (special
                                && CHANGES.stream()
                                        .anyMatch(t -> traits.contains(t) && has(t, stems)));
            }
            case DELETE, MONEY, SECRET, ADMIN, OUTWARD, IDENTITY -> has(trait, stems);
        };
    }

    /// Whether the words ask for a change of any kind.
    static boolean changing(Set<String> stems) {
        return has(Trait.WRITE, stems) || CHANGES.stream().anyMatch(trait -> has(trait, stems));
    }

    private static boolean has(Trait trait, Set<String> stems) {
        for (String word : WORDS.getOrDefault(trait, Set.of())) {
            if (stems.contains(word)) {
                return true;
            }
        }
        return false;
    }

    static boolean reading(String stem) {
        return READING.contains(stem);
    }

    static boolean stop(String stem) {
        return STOP.contains(stem);
    }

    private static Set<String> stems(String words) {
        return Stream.of(words.split(" ")).map(Word::stem).collect(Collectors.toUnmodifiableSet());
    }
}
