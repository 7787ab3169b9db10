package dev.daypass.policy;

import com.google.re2j.Pattern;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The functions of conditions that are our own: membership in address ranges, and `matches` over
/// regular expressions that were compiled with the file.
final class Functions {
    /// Longest text that `matches` looks at, in characters.
    static final int MATCH_CHARS_MAX = 4_096;

    private static final String RANGE_OVERLOAD = "string_in_ranges";

    private final Map<String, IpRange> ranges;
    private final Map<String, Pattern> patterns;

    private Functions(Literals literals) {
        this.ranges = literals.ranges();
        this.patterns = literals.patterns();
    }

    /// `string.in(list(string)) -> bool`, under its internal name.
    static CelFunctionDecl rangeDeclaration() {
        return CelFunctionDecl.newFunctionDeclaration(
                RangeCalls.NAME,
                CelOverloadDecl.newMemberOverload(
                        RANGE_OVERLOAD,
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        ListType.create(SimpleType.STRING)));
    }

    // Both maps are copies that nothing changes; a compiled pattern of RE2/J is safe for threads.
    @SuppressWarnings("Immutable")
    static List<CelFunctionBinding> bindings(Literals literals) {
        var functions = new Functions(literals);
        List<CelFunctionBinding> out = new ArrayList<>();
        out.addAll(
                CelFunctionBinding.fromOverloads(
                        RangeCalls.NAME,
                        CelFunctionBinding.from(
                                RANGE_OVERLOAD, String.class, List.class, functions::inRanges)));
        out.addAll(
                CelFunctionBinding.fromOverloads(
                        "matches",
                        CelFunctionBinding.from(
                                "matches", String.class, String.class, functions::matches),
                        CelFunctionBinding.from(
                                "matches_string", String.class, String.class, functions::matches)));
        return out;
    }

    private boolean inRanges(String ip, List<?> texts) {
        try {
            var address = IpAddress.parse(ip);
            for (Object text : texts) {
                if (range(text).contains(address)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException e) {
            throw new CelInvalidArgumentException(e);
        }
    }

    private IpRange range(Object text) {
        String key = String.valueOf(text);
        IpRange known = ranges.get(key);
        return known != null ? known : IpRange.parse(key);
    }

    private boolean matches(String text, String regex) {
        Pattern pattern = patterns.get(regex);
        if (pattern == null) {
            throw new CelInvalidArgumentException("regular expression is not a literal");
        }
        if (text.length() > MATCH_CHARS_MAX) {
            throw new CelInvalidArgumentException(
                    "text to match is longer than %d characters".formatted(MATCH_CHARS_MAX));
        }
        return pattern.matcher(text).find();
    }
}
