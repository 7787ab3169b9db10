import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Stands in for a language model: it says which of the papers that were found are worth reading.
class Model {
    private static final Pattern ID = Pattern.compile("\"id\":\"(p-[0-9]+)\"");
    private static final int PAPERS = 3;

    /// @param found what a search answered
    static List<String> choose(String found) {
        return ID.matcher(found)
                .results()
                .map((MatchResult id) -> id.group(1))
                .limit(PAPERS)
                .toList();
    }
}
