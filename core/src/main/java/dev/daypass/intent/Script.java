package dev.daypass.intent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds words that are not what they look like, and sentences in a language that is not read.
final class Script {
    private static final Set<String> FOREIGN =
            Lexicon.words(
                    """
                    der die das und nicht mit für von dem den ein eine einen bitte alle auch danach dann lösche löschen schicke sende
                    le la les des du et une pour avec dans sur tous toutes aussi puis ensuite supprime supprimez envoie envoyez merci s'il vous plaît
                    el los las y una para con por todos todas también después luego borra elimina envía favor
                    il lo gli che di e per tutti tutte anche poi cancella elimina invia favore
                    o os as um uma para com por todos todas também depois apague exclua envie
                    het een en van voor met alle ook daarna verwijder stuur alsjeblieft
                    wszystkie usuń wyślij proszę oraz też potem również
                    och alla ta bort skicka sedan alla ja kaikki poista lähetä myös sitten
                    kõik kustuta saada palun ka siis toate șterge trimite și apoi
                    tüm hepsini sil gönder lütfen sonra ve všechny smaž pošli prosím a pak
                    """);
    // With these a wish begins in one language and goes on in another.
    private static final Set<String> OPENING =
            Lexicon.words(
                    """
                    bitte danach dann anschließend außerdem danke ensuite puis aussi merci et s'il veuillez luego después además favor y gracias
                    poi dopo inoltre grazie e depois também então obrigado daarna alsjeblieft graag ook potem proszę dziękuję oraz następnie
                    sedan tack och sitten kiitos palun siis apoi lütfen sonra prosím pak děkuji kérem aztán molim zatim\
                    """);
    private static final Set<String> ENGLISH =
            Set.of(
                    "the", "and", "to", "of", "my", "for", "with", "please", "from", "all", "that",
                    "this", "is", "it", "then", "also", "you", "i", "on", "at", "by", "an", "be",
                    "if", "as", "in", "are", "your", "me", "what", "do", "not", "or");

    private static final int LATIN_MARKS = 0xBF;

    private Script() {}

    static List<Notice> strange(String text, List<Token> tokens, List<Span> sentences) {
        var out = new ArrayList<Notice>();
        for (Token token : tokens) {
            String why = strange(token);
            if (why != null) {
                Span sentence = sentences.get(token.sentence());
                out.add(
                        new Notice(
                                sentence,
                                text.substring(sentence.start(), sentence.end()).strip(),
                                why));
            }
        }
        for (int i = 0; i < sentences.size(); i++) {
            if (foreign(tokens, i) || opensForeign(tokens, i)) {
                Span sentence = sentences.get(i);
                out.add(
                        new Notice(
                                sentence,
                                text.substring(sentence.start(), sentence.end()).strip(),
                                "is not in English, the one language that is read here"));
            }
        }
        return out;
    }

    private static @org.jspecify.annotations.Nullable String strange(Token token) {
        if (!token.word() && !token.is(Token.Kind.IDENTIFIER)) {
            return null;
        }
        boolean latin = false;
        boolean other = false;
        boolean folded = false;
        for (int c : token.text().codePoints().toArray()) {
            Character.UnicodeScript script = Character.UnicodeScript.of(c);
            if (script == Character.UnicodeScript.LATIN) {
                latin = true;
                folded |= c > 0x24F;
            } else if (Character.isLetter(c)) {
                other = true;
            }
        }
        if (latin && other) {
            return "mixes letters of different alphabets in one word";
        }
        if (folded) {
            return "writes words with look-alike letters";
        }
        if (reversed(token)) {
            return "writes words backwards";
        }
        return leet(token) ? "writes words with digits in place of letters" : null;
    }

    private static final Set<String> DANGEROUS =
            Set.of(
                    "delete",
                    "remove",
                    "erase",
                    "cancel",
                    "transfer",
                    "send",
                    "share",
                    "forward",
                    "invite",
                    "password",
                    "everything",
                    "payment",
                    "refund",
                    "withdraw",
                    "destroy",
                    "reboot",
                    "disable",
                    "unlock",
                    "secret",
                    "account",
                    "accounts",
                    "admin",
                    "grant",
                    "publish",
                    "revoke",
                    "export",
                    "message",
                    "email",
                    "files",
                    "purge",
                    "token");

    private static boolean reversed(Token token) {
        return token.lower().length() > 4
                && DANGEROUS.contains(new StringBuilder(token.lower()).reverse().toString());
    }

    private static boolean leet(Token token) {
        if (!token.is(Token.Kind.IDENTIFIER) || token.lower().indexOf('-') >= 0) {
            return false;
        }
        String plain =
                token.lower()
                        .replace('0', 'o')
                        .replace('1', 'l')
                        .replace('3', 'e')
                        .replace('4', 'a')
                        .replace('5', 's')
                        .replace('7', 't');
        return plain.chars().allMatch(Character::isLetter)
                && plain.length() > 3
                && (DANGEROUS.contains(plain)
                        || Lexicon.vocabulary().contains(Stem.of(plain))
                        || DANGEROUS.contains(plain.replace('l', 'i')));
    }

    private static boolean opensForeign(List<Token> tokens, int sentence) {
        for (Token token : tokens) {
            if (token.sentence() == sentence && token.word()) {
                int first = token.text().codePointAt(0);
                boolean letters =
                        Character.isLetter(first)
                                && Character.UnicodeScript.of(first)
                                        != Character.UnicodeScript.LATIN;
                return !token.quoted() && (letters || OPENING.contains(token.lower()));
            }
        }
        return false;
    }

    private static boolean foreign(List<Token> tokens, int sentence) {
        var count = new Count();
        for (Token token : tokens) {
            if (token.sentence() == sentence && token.word() && !token.quoted()) {
                count.add(token);
            }
        }
        return count.foreign();
    }

    /// How a sentence's words are spread over languages.
    private static final class Count {
        private final Set<String> foreign = new HashSet<>();
        private int letters;
        private int otherLetters;
        private int english;
        private int words;
        private int marked;

        void add(Token token) {
            words++;
            for (int c : token.text().codePoints().filter(Character::isLetter).toArray()) {
                letters++;
                boolean latin = Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
                otherLetters += latin ? 0 : 1;
            }
            String word = token.lower();
            marked += word.chars().anyMatch(c -> c > LATIN_MARKS) ? 1 : 0;
            boolean both = ENGLISH.contains(word);
            boolean known = Lexicon.known(token.stem()) && !FOREIGN.contains(word);
            english += both || known ? 1 : 0;
            if (FOREIGN.contains(word) && !both) {
                foreign.add(word);
            }
        }

        boolean foreign() {
            int strange = foreign.size();
            boolean script = otherLetters * 3 > letters;
            boolean several = strange >= 3 || (strange >= 2 && (strange + marked) * 2 >= english);
            boolean shortOne = strange == 1 && words > 1 && words <= 6 && english == 0;
            boolean accents = marked * 2 >= words && words >= 3 && english <= 1;
            return script || several || shortOne || accents;
        }
    }
}
