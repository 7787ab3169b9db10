package dev.daypass.intent;

import dev.daypass.permission.NameWords;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads from the names of an operation's arguments which of them name a thing that has to be known
/// first.
final class Needs {
    private static final Set<String> ID =
            Lexicon.words(
                    "id ids number numbers key ref reference code slug uuid sku handle no num");
    private static final Set<String> NAME = Lexicon.words("name names title");
    private static final Set<String> PERSON =
            Lexicon.words(
                    """
                    recipient recipients to participants participant attendees attendee assignee assignees email emails
                    receiver cc invitees invitee members collaborators reviewers user username payee iban account phone
                    guests beneficiary\
                    """);

    private final String head;
    private final Set<String> concepts;
    private final boolean makes;

    /// @param head what the operation is about
    /// @param concepts everything that it names
    /// @param makes whether it makes something new
    Needs(String head, Set<String> concepts, boolean makes) {
        this.head = head;
        this.concepts = concepts;
        this.makes = makes;
    }

    List<Shape.Need> of(Operation operation) {
        var out = new ArrayList<Shape.Need>();
        for (Parameter parameter : operation.parameters()) {
            Shape.Need need = parameter.choices().isEmpty() ? need(parameter) : null;
            if (need != null && (parameter.required() || need.kind() != Shape.Need.Kind.NAME)) {
                out.add(need);
            }
        }
        return out;
    }

    private Shape.@Nullable Need need(Parameter parameter) {
        List<String> parts = NameWords.split(parameter.name());
        if (parts.isEmpty()) {
            return null;
        }
        String last = parts.getLast();
        String thing = parts.size() > 1 ? Stem.of(parts.get(parts.size() - 2)) : head;
        if (ID.contains(last)) {
            return thing.isEmpty()
                    ? null
                    : new Shape.Need(parameter, thing, Shape.Need.Kind.IDENTIFIER);
        }
        if (NAME.contains(last)) {
            // The name of something new is not known before.
            boolean fresh = parts.size() == 1 || (makes && thing.equals(head));
            return fresh ? null : new Shape.Need(parameter, thing, Shape.Need.Kind.NAME);
        }
        if (PERSON.contains(last)) {
            return new Shape.Need(parameter, PERSONS, Shape.Need.Kind.PERSON);
        }
        boolean named =
                parameter.place() == Parameter.Place.PATH
                        || (Lexicon.vocabulary().contains(Stem.of(last))
                                && concepts.contains(Stem.of(last)));
        return named ? new Shape.Need(parameter, Stem.of(last), Shape.Need.Kind.NAME) : null;
    }

    private static final String PERSONS = "person";
}
