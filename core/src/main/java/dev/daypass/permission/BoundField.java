package dev.daypass.permission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A bound on one header field.
///
/// @param name in small letters
/// @param constraint what is permitted
record BoundField(String name, Constraint constraint) {
    /// Why the request is not covered; empty if the bound holds.
    ///
    /// @param fields names and values of all fields, in order
    String objection(Iterable<Map.Entry<String, String>> fields) {
        var values = new ArrayList<String>();
        for (Map.Entry<String, String> field : fields) {
            String given = field.getKey().toLowerCase(Locale.ROOT);
            if (given.equals(name)) {
                values.add(field.getValue());
            } else if (given.replace('_', '-').equals(name)) {
                return "a header field's name could be taken for `%s`".formatted(slot());
            }
            // Of a field that belongs to the connection nothing is sent (RFC 9110, section 7.6.1).
            if (given.equals("connection") && names(field.getValue()).contains(name)) {
                return "`%s` is named by `Connection`, which takes it away".formatted(slot());
            }
        }
        return judged(values);
    }

    private static List<String> names(String connection) {
        return Arrays.stream(connection.split(",", -1))
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private String judged(List<String> values) {
        if (values.isEmpty()) {
            return constraint.mayBeMissing() ? "" : Coverage.missing(slot(), constraint);
        }
        if (values.size() > 1) {
            return "`%s` is given twice".formatted(slot());
        }
        String value = values.getFirst();
        if (!readAlike(value)) {
            return "`%s` holds a comma, a quote or what is not plain ascii, which servers read differently"
                    .formatted(slot());
        }
        return constraint.permits(value) ? "" : Coverage.outside(slot(), constraint);
    }

    // A comma makes two values of one (RFC 9110, section 5.3).
    static boolean readAlike(String value) {
        return value.equals(value.strip())
                && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != ',' && c != '"');
    }

    private String slot() {
        return Slots.HEADER + name;
    }
}
