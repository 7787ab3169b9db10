package dev.daypass.permission;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One leaf that a service offers.
///
/// @param id full name
/// @param method HTTP method
/// @param path path below the service's root
/// @param traits what it does; at least one of read, write, delete
/// @param parameters the slots that constraints can bind
/// @param summary the service's own words, at most 500 characters; never evidence for a grant
/// @param tags the groups the service puts it in
public record Operation(
        OperationId id,
        HttpMethod method,
        PathTemplate path,
        Set<Trait> traits,
        List<Parameter> parameters,
        String summary,
        List<String> tags) {
    public static final int SUMMARY_CHARS_MAX = 500;

    /// The tools of an MCP server are operations below this path.
    public static final String TOOLS = "/mcp/tools/";

    /// To read what an MCP server has is an operation of this path.
    public static final String DOCUMENTS = "/mcp/documents";

    /// Whatever an MCP server offers is an operation below this path.
    static final String MCP = "/mcp/";

    public Operation {
        traits = traits.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(traits));
        parameters = List.copyOf(parameters);
        tags = List.copyOf(tags);
        summary = clipped(summary);
    }

    /// Whether this is a tool of an MCP server, whose method says nothing.
    public boolean tool() {
        return method == HttpMethod.POST && path.toString().startsWith(TOOLS);
    }

    /// Its name at the service.
    public String name() {
        return id.name();
    }

    /// What it is about: the level of the tree above it.
    public String resource() {
        return Resource.of(id.name(), path);
    }

    // Never between the halves of a surrogate pair: a lone one cannot be written as UTF-8.
    private static String clipped(String text) {
        if (text.length() <= SUMMARY_CHARS_MAX) {
            return text;
        }
        boolean split = Character.isHighSurrogate(text.charAt(SUMMARY_CHARS_MAX - 1));
        return text.substring(0, split ? SUMMARY_CHARS_MAX - 1 : SUMMARY_CHARS_MAX);
    }
}
