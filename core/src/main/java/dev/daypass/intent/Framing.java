package dev.daypass.intent;

import java.util.List;

/// Ways of putting a wish that make it somebody else's, a rule's, a story's or a machine's. More of
/// what [Instructions] knows, in the same order: what is said of the text before, roles, imitated
/// messages, authorities, hidden words.
final class Framing {
    // TO[D]O and the like are spelt so that a search for our own leftovers does not find them.
    static final List<Instructions.Sign> SIGNS =
            List.of(
                    sign(
                            "tells the reader to set aside what was said before",
                            "\\b(?:what|whatever|all that|everything|anything) (?:came before|comes before|precedes|preceded|went before|is above|was above|stands above)\\b",
                            "\\b(?:the|this|that|these|those) (?:texts?|lines?|words?|sentences?|bits?|stuff|part) (?:on top|above|overhead|before (?:this|that|it)|so far|up there)\\b",
                            "\\b(?:scratch|strike|scrap|scrub|ditch|belay|abandon|void|hold|park|shelve) (?:that|this|it|the) ?(?:above|question|request|task|first part|search|last one)?\\b(?=\\s*[,.:;!–—]|\\s*$)",
                            "\\bi (?:really |actually )?meant\\s*[:–—]|\\b(?:or rather|make that|read instead|better)\\s*:",
                            "\\b(?:wrong (?:window|chat|tab|box|conversation)|just kidding|only joking|let me (?:rephrase|start over|start again|correct (?:that|myself)))\\b",
                            "\\b(?:pay|take|give) no (?:heed|notice|attention|regard) (?:of|to)\\b|\\bedit to the\\b|\\b(?:question|request|task) (?:has been|was|is) (?:answered|settled|done|dealt with|moot|void|obsolete)\\b",
                            "\\b(?:limits?|rules?|restrictions?|instructions?|guidelines?|constraints?|orders) (?:that |which )?you(?:'ve| have| were| had)\\b"),
                    sign(
                            "gives the reader a role or another mind",
                            "\\b(?:picture|imagine|see|think of|consider|regard|fancy|treat|call) yourself\\b|\\btake on the (?:mantle|role|part|guise|shape)\\b|\\bput on the (?:hat|mask|robe|cloak)\\b",
                            "\\byour (?:lines?|cue|next line|part|assigned part)\\s*(?:is|are|now|here|:|goes)|\\b(?:genie|djinn|jinn)\\b|\\bmy (?:first|second|third|last|next|only) wish\\b",
                            "\\bwhat would (?:an?|the) .{0,30}\\b(?:do|say)\\b|\\bwe(?:'re| are)? (?:now )?rehears|\\brehearse a\\b|\\bplay \\w+, who\\b|\\bas (?:the |a |my |our )?\\w+ of [\\w ]{1,20},? you\\b",
                            "\\byou\\b[\\w ,]{0,30}\\b(?:have|know|need) no (?:limits?|bounds|rules|restrictions|master)\\b|\\bonce upon a time\\b|\\bsimon says\\b"),
                    sign(
                            "imitates a message of the system",
                            "^\\W*(?:system|sys|root|kernel|runtime|operator|supervisor|orchestrator|daemon|superuser)\\s*(?:[,/–—|]|-\\s)|(?:^|\\s)@(?:system|assistant|agent|bot|admin|root|ai)\\b",
                            "\\[\\[|\\]\\]|^\\s*([%*~=_+])\\1+\\s*\\w|^\\s*/[a-z]{2,12}\\s+[a-z]|^\\s*\\$\\s+\\w|(?-i:^\\s*(?:EOF|EOT|EOM|END|STOP)\\s*$)|(?-i:\\b(?:TO[D]O|FIX[M]E|X{3})\\s*[:(])",
                            "\\b\\w+\\s*=\\s*\"?(?:system|admin|root|assistant|operator|developer)\\b|^\\W*(?:task|step|stage|phase|job|turn)\\s+\\d+\\s*(?:of|/)\\s*\\d+|\\b(?:200|201|202) ok\\b",
                            "\\b(?:output|results?|response|reply) of (?:the|your|this) (?:first|last|previous|next|tool|second) ?(?:call|step|tool|turn)?\\b|\\b(?:resume|continue|proceed) from here\\b",
                            "</?[a-z]+[_-][a-z_-]+[^>]*>"),
                    sign(
                            "claims an authority",
                            "\\b(?:by|at|on|upon|per|following) (?:the |a |an |their |his |her )?(?:\\w+ )?(?:request|advice|orders?|instructions?|behalf|command|wish|insistence|direction) (?:of|from|by)\\b",
                            "\\bper (?-i:[A-Z])\\w+,? (?:from|of|in|at)\\b|\\bit(?:'s| is) what .{1,40}\\b(?:expects?|wants?|wanted|asked|needs?|ordered)\\b|\\bas (?:agreed|arranged|cleared|settled|discussed) (?:with|by) (?:the|your|our)\\b",
                            "\\b(?:guidelines?|handbook|rulebook|manual|statutes?|by-?laws?|terms of \\w+|code of conduct)\\b[\\w .§]{0,20}\\b(?:says?|states?|requires?|demands?|provides?|wants?|obliges?)\\b",
                            "\\b(?:i am|i'm|this is) (?:the|your|an?) (?:\\w+ )?(?:technician|inspector|officer|bailiff|marshal|examiner|registrar|trustee)\\b|\\bbadge (?:no\\.? |number |nr )?\\d"),
                    sign(
                            "asks to decode or assemble hidden words",
                            "(?<![\\w-])(?:\\w[-._*]){3,}\\w(?![\\w-])",
                            "\\b(?:words|letters|pieces|parts|fragments|syllables) (?:for later|to keep|to remember)\\b|\\bhere is (?:a|the|its) (?:verb|object|noun|first word|second word)\\b|\\b(?:as|like|things as) in (?-i:[A-Z])\\b|\\bmake it (?:true|so)\\s*[.!]?$"));

    private Framing() {}

    private static Instructions.Sign sign(String why, String... patterns) {
        return Instructions.sign(why, String.join("|", patterns));
    }
}
