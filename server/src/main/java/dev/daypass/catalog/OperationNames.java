package dev.daypass.catalog;

import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Gives each operation of one service its name: the document's own, in printable ASCII, or one
/// made of method and path. No name is given twice.
final class OperationNames {
    private final Set<String> given = new HashSet<>();

    /// What the document itself would have it called.
    static String wanted(String operationId, HttpMethod method, PathTemplate path) {
        String own = ascii(operationId.strip());
        return own.isEmpty() ? made(method, path) : own;
    }

    /// `wanted`, or the first of `wanted_2`, `wanted_3`, … that is free.
    String unique(String wanted) {
        String name = wanted;
        for (int n = 2; !given.add(name); n++) {
            String suffix = "_" + n;
            int room = OperationId.NAME_CHARS_MAX - suffix.length();
            name = wanted.substring(0, Math.min(wanted.length(), room)) + suffix;
        }
        return name;
    }

    private static String made(HttpMethod method, PathTemplate path) {
        String words = path.toString().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        String name = method.name().toLowerCase(Locale.ROOT) + (words.isEmpty() ? "" : "_" + words);
        return cut(name);
    }

    private static String ascii(String operationId) {
        return cut(operationId.replaceAll("[^\\x21-\\x7e]", "_"));
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), OperationId.NAME_CHARS_MAX));
    }
}
