package dev.daypass.permission;

import java.util.List;

/// A slot that a constraint can bind: one argument of an operation.
///
/// @param place where it travels
/// @param name as on the wire
/// @param required whether the service insists on it
/// @param type JSON Schema type: string, integer, number, boolean, array, object
/// @param choices the values it may take, where the service lists them; else empty
/// @param description the service's own words; never evidence for a grant
/// @param items of an array, the JSON Schema type of each item; empty where it is not known
public record Parameter(
        Place place,
        String name,
        boolean required,
        String type,
        List<Choice> choices,
        String description,
        String items) {
    /// One that is no array, or of items that are not known.
    public Parameter(
            Place place,
            String name,
            boolean required,
            String type,
            List<Choice> choices,
            String description) {
        this(place, name, required, type, choices, description, "");
    }

    /// Where an argument travels.
    public enum Place {
        PATH,
        QUERY,
        HEADER,
        BODY
    }

    /// One permitted value and what people call it.
    ///
    /// @param value as on the wire
    /// @param label in words; the value itself where there are none
    public record Choice(String value, String label) {}

    public Parameter {
        choices = List.copyOf(choices);
    }

    /// The key of this slot in a grant's constraints: `query.from`.
    public String slot() {
        return Slot.of(place.name().toLowerCase(java.util.Locale.ROOT) + "." + name).text();
    }

    public boolean repeats() {
        return type.equals("array");
    }
}
