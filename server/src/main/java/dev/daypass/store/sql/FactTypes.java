package dev.daypass.store.sql;

import dev.daypass.wire.WireException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The types of facts as the database keeps them: a small number each.
final class FactTypes {
    /// The first is 1. Never changed but at the end; the migrations know them, too.
    static final List<String> ALL =
            List.of(
                    "AgentAdded",
                    "AgentEnrolled",
                    "AgentRemoved",
                    "ServiceAdded",
                    "ServiceRemoved",
                    "CredentialRenewed",
                    "RulesChanged",
                    "OpenRefused",
                    "ApprovalAsked",
                    "AccountOpened",
                    "AccountWidened",
                    "WideningAsked",
                    "WideningRefused",
                    "TraitsCorrected",
                    "EdgeChanged",
                    "TokenRenewed",
                    "AccountEnded",
                    "CallsReserved",
                    "CallMade",
                    "CallRefused",
                    "Shredded",
                    "ToolChanged",
                    "ToolAccepted",
                    "StreamChanged",
                    "EdgesKnew",
                    "EventAccepted");

    private static final Map<String, Integer> CODES = codes();

    private FactTypes() {}

    private static Map<String, Integer> codes() {
        var out = new HashMap<String, Integer>();
        ALL.forEach(type -> out.put(type, out.size() + 1));
        return Map.copyOf(out);
    }

    static int code(String type) {
        Integer code = CODES.get(type);
        if (code == null) {
            throw new IllegalArgumentException("facts of type " + type + " have no number");
        }
        return code;
    }

    /// Those of some types, as a list in a statement.
    static String codes(List<String> types) {
        return types.stream()
                .map(type -> Integer.toString(code(type)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /// @throws WireException if no type has the number
    static String read(ResultSet row, int column) throws SQLException {
        int code = row.getInt(column);
        if (code < 1 || code > ALL.size()) {
            throw new WireException("a fact is of no known type");
        }
        return ALL.get(code - 1);
    }
}
