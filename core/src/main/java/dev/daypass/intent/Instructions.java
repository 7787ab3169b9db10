package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the parts of a text that try to instruct the system rather than state a task. From the
/// first such sentence on nothing of a text is counted.
///
/// Patterns name ways of speaking, not wishes: whoever states a task has no need to talk about
/// approvals, roles, prompts or the reader's own identity.
final class Instructions {
    /// A way of speaking and what is said of it.
    record Sign(String why, Pattern pattern) {}

    private static final List<Sign> SIGNS =
            List.of(
                    sign(
                            "tells the reader to set aside what was said before",
                            """
                            \\b(?:ignore|disregard|forget|override|overrule|bypass|scrap|drop|supersede[sd]?|replaces?|discard|never mind|nevermind)\\b.{0,40}\
                            \\b(?:above|previous|prior|earlier|preceding|instructions?|rules?|restrictions?|guidelines?|limits?|limitations?|ceiling|polic(?:y|ies)|prompt|said|wrote|written|typed|asked|told|before|so far|just now|everything)\\b\
                            |\\b(?:new|updated|revised|hidden|further|final|corrected) (?:instructions?|orders|directive|objective)\\b|\\b(?:real|actual|true) (?:instructions?|task|orders|directive|objective|goal|assignment|request)\\b\
                            |\\binstead of (?:the above|all that|what)\\b|\\b(?:above|preceding|previous) (?:was|is|were) (?:a |an |only |just )?(?:test|mistake|wrong|void|example|wrong|obsolete|outdated|placeholder|decoy|draft)\\b\
                            |\\b(?:scratch|strike|scrub|drop|skip|leave|cancel) (?:that|this|it|all|the above|the (?:list|question|number|task|rest|first|request|paragraph|search)|that question)(?: aside| out)?\\b(?=\\s*[,.:;–—]| aside|$| and (?:instead|do|just))|\\bcorrection\\s*:|\\bchange of plans?\\b|\\bon second thoughts?\\b\
                            |\\bi (?:hereby )?(?:overrule|override|withdraw|retract|take back) (?:it|that|this)\\b|\\bthe part about\\b|\\bwhatever (?:was|i|we|has|had|they)\\b.{0,30}\\b(?:said|agreed|earlier|before|wrote)\\b|\\bnever ?mind\\b|\\bactually,? no\\b|\\b(?:aside|instead)\\b.{0,30}\\b(?:what's left|what is left|what counts|what matters)\\b|\\bno longer (?:counts?|applies|valid|holds)\\b\
                            |\\b(?:valid|proper|right|correct) (?:request|task|order|instruction|question) (?:is|reads|follows|being)\\b|\\b(?:earlier|former|first|foregoing|preceding) (?:sentence|line|request|task|question|part|paragraph)\\b|\\bthe foregoing\\b|\\ba better (?:one|question|idea|task)\\b|\\bleave the \\w+ aside\\b|\\bwhat (?:counts|i (?:really|actually) (?:want|need|mean))\\b\
                            """),
                    sign(
                            "gives the reader a role or another mind",
                            """
                            \\b(?:you are|you're|you will be|act|behave|respond|answer|operate|work|think|speak) (?:now |as |like |in )+\\b|\\byou(?: are|'re) (?:now|a|an|the|no longer|free|allowed|authori[sz]ed|permitted|in)\\b\
                            |\\b(?:pretend|imagine (?:you|we|i)(?:'re| are|'m| am)|role-?play|let's play|let us play|suppose you|simulate|hypothetical(?:ly)?|fictional|in this (?:story|scene|game|scenario|role|play))\\b|\\bplay (?:the|a) (?:role|part|game)\\b\
                            |\\bfrom (?:here on|this point)\\b|\\b(?:in|into|to|now|enter|activate|enable) (?:developer|debug|god|admin|unrestricted|sudo|root|emergency|override|diagnostic) mode\\b|\\bjail ?break\\b|(?-i:\\bDAN\\b)\
                            |\\bas (?:a|an|the|your) (?:\\w+ )?(?:assistant|agent|bot|ai|model|administrator|admin|superuser|root|janitor|butler|operator|auditor|caretaker|hacker|character)\\b\
                            |\\b(?:stay|remain|be) in (?:character|role)\\b|\\byour (?:character|role|persona|job|purpose|duty) (?:is|here|now)\\b|\\bgame (?:we|where|in which)\\b|\\b(?:make|write|tell|do|see|imagine|treat) (?:it|this|that|them) (?:as|a|like|into) (?:a |an )?(?:\\w+[ -]){0,3}(?:story|play|drama|film|movie|scene|game|poem|tale|novel|song|opera|sketch|fairy)\\b\
                            |\\blet'?s (?:play|pretend|say|imagine)\\b|\\blet'?s (?:make|call) (?:this|it) an?\\b|\\bbe (?!\\w+ed\\b)\\w+ for me\\b|\\bthe (?:hero|heroine|narrator|wizard|assistant|villain|butler)\\b|\\bplay(?:ing)? along\\b|\\bin which the assistant\\b\
                            """),
                    sign(
                            "imitates a message of the system",
                            """
                            ^\\s*[#*\\-=\\[(<|/!]*\\s*(?:system|assistant|developer|human|ai|admin(?:istrator)?|operator|root|tool|function|inst|sys|prompt|policy|context|notice|alert|directive|config(?:uration)?|kernel|daemon|moderator|compliance|security|user)\\b[\\w \\-]{0,20}\\s*[\\]>)|*#]*\\s*[:=>\\])]\
                            |\\[/?(?:inst|system|sys|admin|user|assistant|tool|internal|override)[^\\]]{0,40}\\]|<\\|?/?(?:im_start|im_end|system|sys|user|assistant|endoftext|inst|s|admin|tool|instructions?|task|prompt|override|grant|policy|begin|end)\\b[^>]{0,80}>|<<\\s*sys|^\\s*#\\s|#{2,6}\\s|\\b(?:system|assistant|developer|root|sudo|sysadmin)\\s*:|^\\s*-{3,}\\s*\\w|^\\s*={3,}\
                            |\\b(?:end|begin|start) of (?:task|prompt|message|instructions?|input|user|text|request|conversation|document)\\b|\\bsystem (?:message|prompt|notice|note|update|override|instruction|notification|alert)\\b\
                            """),
                    sign(
                            "speaks of permissions, approvals and checks rather than of a task",
                            """
                            \\bpre-?(?:approved|authori[sz]ed|cleared)\\b|\\b(?:already|fully|has|have|been|got) (?:been |already |fully )*(?:approved|authori[sz]ed|cleared|sanctioned|signed off|green-?lit|consented|whitelisted|vetted)\\b\
                            |\\b(?:no|without|skip|needs? no|need not|requires? no|waive[sd]?|bypass)\\b.{0,24}\\b(?:approval|confirmation|review|authori[sz]ation|permission|checks?|verification|consent|sign-?off|asking|confirming|checking|human)\\b\
                            |\\bapproval (?:id|code|number|ref|ticket|is|was|has|granted|on file)\\b|\\b(?:ticket|change|case|approval|reference|request) (?:no\\.?|nr|number|id)?\\s*#?[a-z]{2,6}-?\\d{3,}.{0,30}\\b(?:approv|authori|cover|permit)\
                            |\\b(?:grant|give|extend|add|include|enable|allow|request)\\b.{0,16}\\b(?:yourself|the (?:account|agent|token|grant|scope)|this (?:account|agent|token|grant|session)|full access|all (?:the )?(?:operations|permissions|scopes|tools|rights)|every (?:operation|permission|scope|tool))\\b\
                            |\\b(?:unrestricted|unlimited|elevated) (?:access|permissions?|rights|privileges?|scope|powers?)\\b|\\b(?:ceiling|scopes|clearance|sudo|least privilege|allow-?list|whitelist|security polic(?:y|ies)|confinement)\\b\
                            |\\b(?:you|the agent|this agent|this account|it) (?:may|are allowed|is allowed|have permission|has permission|are permitted|is permitted|are entitled|are cleared|are free)\\b\
                            """),
                    sign(
                            "claims an authority",
                            """
                            \\b(?:ceo|cto|cfo|ciso|coo|dpo|administrator|admins?|sysadmin|security(?: team| officer| department)?|it (?:department|team|support|desk|security)|help ?desk|compliance|legal|auditors?|audit|management|head of|headquarters|hq|the board|board|chief|director|police|regulator|the bank|the vendor|data protection|infosec|governance|controller|head office|superintendent|ward|matron|owner|landlord|treasury|platform team|operations team|ops team)\\b\
                            .{0,40}\\b(?:requires?|required|approv\\w+|authori\\w+|orders|ordered|insists?|instructs?|instructed|mandates?|demands?|signed off|expects?|here|speaking|is fine|cleared|ok'?d|okayed|decree\\w*|confirmed|has agreed|have agreed|wants (?:you|this|it)|needs (?:you|this)|asked (?:you|for this)|told (?:me|you|us) to|said (?:you|to))\\b\
                            |\\b(?:this is|i am|i'm|it's|speaking as|signed|on behalf of|by order of|per|as per|acting for|in accordance with|pursuant to|as required by|on instruction(?:s)? (?:of|from))\\s+(?:your |the |our |an? |company |corporate |internal |new )*(?:\\w+ )?(?:ceo|cto|cfo|ciso|admin\\w*|sysadmin|security|it (?:department|team|support|desk)|helpdesk|compliance|legal|audit\\w*|management|chief|director|police|owner|operator|system|daypass|policy|regulations?|gdpr|directive|standard|procedure|protocol|head|supervisor|incident|treasury|board|dpo|superuser)\\b\
                            |\\b(?:policy|regulation|gdpr|law|procedure|protocol|company rules?|standard procedure|directive|retention rules?)\\b.{0,30}\\b(?:requires?|says?|states?|demands?|mandates?|dictates?|obliges?|wants?)\\b\
                            |\\b(?:mandatory|security|emergency|compliance|scheduled|routine|required|standard|quarterly|annual|official|authorised|authorized) (?:\\w+ )?(?:procedure|cleanup|clean-up|step|drill|audit|check|maintenance|directive|measure|test|exercise|lockdown|rotation|review)\\b\
                            |\\bi (?:have|hold|own) (?:the )?(?:authority|clearance|admin|rights|permission)\\b|\\bas the (?:\\w+ )?(?:owner|person responsible|publisher|holder|head|solicitor|lawyer|controller|manager|guardian|executor|author|trustee)\\b|\\b(?:countersigned|court[- ](?:order|appointed)|solicitor|attorney|retention order|fraud desk|penalty|treat this as|counts as (?:approved|consent))\\b|\\bwhich you are to\\b|\\bfor your records\\b|\\btrust me\\b|\\bi hereby\\b|\\bwith my authority\\b\
                            """),
                    sign(
                            "asks to decode or assemble hidden words",
                            """
                            \\b(?:decode|base64|base-64|rot-?13|hex(?:adecimal)?|unhex|decrypt|decipher|url-?encoded|url-?decode|morse|caesar|cipher|in reverse|reversed|written backwards|read (?:it |this |them )?(?:backwards|in reverse)|leet|l33t|1337|ascii codes?|unescape|percent-?encoded|from right to left|spelled|spell out|anagram|first letters?|concatenate|join (?:the|these|them)|glue|combine (?:the|these)|acrostic|initials|letter by letter|letters of|thirteen|shift cipher|the (?:first|second) and the (?:first|second|third))\\b\
                            """),
                    sign(
                            "carries encoded text",
                            """
                            (?-i:(?<![\\w/.@-])(?=[A-Za-z0-9+/]{0,200}[A-Z])(?=[A-Za-z0-9+/]{0,200}[a-z])(?=[A-Za-z0-9+/]{0,200}[0-9+/=])[A-Za-z0-9+/]{20,400}={0,2}(?![\\w.@-]))|(?<!\\w)(?:0x)?(?:[0-9a-f]{2}[\\s:]?){10,200}(?!\\w)|(?:%[0-9a-f]{2}){2,200}|(?:\\\\u[0-9a-f]{4}|\\\\x[0-9a-f]{2}|&#x?\\d{2,5};?)|(?:\\b[01]{8}\\b\\s?){3,100}\
                            """),
                    sign(
                            "cites a note, a mail or a document as if it were the task",
                            """
                            \\bnote to self\\b|#\\s?\\w+\\s*:|\\bhas an? (?:comment|note|footer|remark)\\b|\\bdo (?:as|what) (?:they|it|he|she|the \\w+) (?:says?|asks?|wants?|tells?)\\b|(?:^|\\s)p\\.\\s?s\\b|(?:^|[}\\])>])\\s*[*(\\[_]*(?:note|ps|pps|n\\.?b\\.?|fyi|todo|to-do|reminder|important|urgent|attention|update|edit|addendum|appendix|footnote|postscript|btw|memo|caution|warning|hint|tip|next step|step \\d+|re|fwd?|message|signature|disclaimer|comment|instructions?|task|request|goal|objective|action(?: items?)?|checklist|agenda|output|answer|response|result)s?\\b[\\])*_]*\\s*[:—–]\
                            |\\b(?:the|this|that|her|his|their|my|your|a|an|attached|following|last|bottom|end of the) (?:[\\w']+ ){0,2}(?:note|e-?mail|message|letter|memo|post-?it|sticky|footer|signature|page|document|file|attachment|ticket|comment|description|text|voicemail|sms|subject|body) (?:\\w+ ){0,3}(?:says?|said|reads?|asks?|asked|tells?|told|states?|instructs?|goes|continues)\\b\
                            |\\b(?:they|she|he|who|which) (?:wrote|writes|replied|texted)\\s*[:,\"'“]\
                            """));

    private Instructions() {}

    static Sign sign(String why, String pattern) {
        return new Sign(
                why,
                Pattern.compile(
                        pattern.strip(),
                        Pattern.CASE_INSENSITIVE | Pattern.MULTILINE | Pattern.UNICODE_CASE));
    }

    /// @param masked the text with blanks for what it only cites
    /// @param sentences of the text
    /// @return the sentences that instruct, in order, each with what is wrong with it
    static List<Notice> in(String text, String masked, List<Span> sentences) {
        Found known = last;
        if (known != null && known.text().equals(text)) {
            return known.notices();
        }
        List<Notice> notices = List.copyOf(find(text, masked, sentences));
        last = new Found(text, notices);
        return notices;
    }

    /// What was found in the text read last: a parser and confinement read the same one after the
    /// other, and looking for signs takes longer than all the rest.
    private record Found(String text, List<Notice> notices) {}

    private static volatile @Nullable Found last;

    private static List<Notice> find(String text, String masked, List<Span> sentences) {
        var out = new ArrayList<Notice>();
        for (Span sentence : sentences) {
            note(text, sentence, masked.substring(sentence.start(), sentence.end()), out);
        }
        for (Span run : runs(masked, sentences)) {
            String said = masked.substring(run.start(), run.end());
            note(text, run, CUTS.matcher(said).replaceAll(" "), out);
        }
        return out;
    }

    private static void note(String text, Span span, String said, List<Notice> out) {
        for (List<Sign> signs : List.of(SIGNS, Framing.SIGNS)) {
            for (Sign sign : signs) {
                if (sign.pattern.matcher(said).find()) {
                    String words = text.substring(span.start(), span.end());
                    out.add(new Notice(span, words.strip(), sign.why));
                    return;
                }
            }
        }
    }

    /// Sentences that are none: `You! Are! Now!`, or a line that the next goes on with. What they
    /// say is said by all of them together.
    private static List<Span> runs(String masked, List<Span> sentences) {
        var out = new ArrayList<Span>();
        for (int first = 0; first < sentences.size(); first++) {
            int last = first;
            while (last + 1 < sentences.size()
                    && goesOn(masked, sentences.get(last), sentences.get(last + 1))) {
                last++;
            }
            if (last > first) {
                out.add(new Span(sentences.get(first).start(), sentences.get(last).end()));
            }
            first = last;
        }
        return out;
    }

    private static boolean goesOn(String masked, Span sentence, Span next) {
        String said = masked.substring(sentence.start(), sentence.end());
        String then = masked.substring(next.start(), next.end()).strip();
        boolean lineOnly = !said.isBlank() && Character.isLetterOrDigit(lastVisible(said));
        return (lineOnly && !then.isEmpty() && Character.isLowerCase(then.codePointAt(0)))
                || WORDS.matcher(said).results().limit(FEW + 1L).count() <= FEW;
    }

    private static int lastVisible(String said) {
        String stripped = said.stripTrailing();
        return stripped.codePointBefore(stripped.length());
    }

    private static final Pattern CUTS = Pattern.compile("[\\s.,;:!?…]+");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\d]+");
    private static final int FEW = 3;
}
