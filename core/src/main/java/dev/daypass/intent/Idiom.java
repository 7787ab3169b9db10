package dev.daypass.intent;

import java.util.List;
import java.util.regex.Pattern;

/// Turns of phrase whose verb asks for nothing but an answer's shape or manner: `drop me a line`,
/// `stop there`, `turn it into a table`.
final class Idiom {
    private static final int REACH = 7;
    private static final Pattern PHRASE =
            Pattern.compile(
                    """
                    (?:drop (?:me|us) an? (?:line|note|word)|kill time|(?:stop|end) (?:there|here|at|after|when|once)\\b|stop$\
                    |(?:turn|make|put|format|shape|arrange) (?:it|this|that|them|the (?:result|answer|list|names?|whole)) (?:in|into|as|in to) (?:an? )?(?:\\w+ )?(?:table|list|summary|overview|csv|json|markdown|bullets?|points?|columns?|sentences?|order|paragraphs?)\\b\
                    |leave (?:\\S+ ){1,6}out\\b|move (?:fast|on|along|quickly)\\b|note that\\b|block (?:letters|capitals)|(?:label|name|sort|order|number) the (?:columns?|rows?|axes|axis|lines)\\b\
                    |open (?:question|ended|minded)|(?:close|end|finish|start|begin|open) with\\b|put (?:\\S+ ){1,4}(?:on top|first|last|in order|at the top|at the end)\\b\
                    |restart the (?:count|numbering)|(?:make|keep) it (?:short|brief|quick|simple|snappy|concise|plain|friendly|formal)\\b|keep (?:it |this |that )?in mind\\b\
                    |let (?:\\S+ ){1,4}know\\b(?=.*\\b(?:asks|else)\\b)|forward to (?:\\w+ing|your)\\b|ban the (?:word|letter)|take (?:care|note|a look|your time|into account)\\b\
                    |return it to the cart|file (?:it|this|that) under\\b).*\
                    """);

    private Idiom() {}

    static boolean at(List<Token> tokens, int at) {
        var said = new StringBuilder();
        int sentence = tokens.get(at).sentence();
        for (int i = at; i < tokens.size() && i <= at + REACH; i++) {
            if (tokens.get(i).sentence() != sentence) {
                break;
            }
            said.append(i == at ? "" : " ").append(tokens.get(i).lower());
        }
        return PHRASE.matcher(said).matches();
    }
}
