package dev.daypass.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.ledger.Fact;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactTypesTest {
    private static Stream<String> types(Class<?> sealed) {
        Class<?>[] permitted = sealed.getPermittedSubclasses();
        return permitted == null
                ? Stream.of(sealed.getSimpleName())
                : Arrays.stream(permitted).flatMap(FactTypesTest::types);
    }

    @Test
    void every_type_of_fact_has_a_number_of_its_own() {
        var all = new HashSet<>(types(Fact.class).toList());

        assertEquals(all, new HashSet<>(FactTypes.ALL));
        assertEquals(FactTypes.ALL.size(), all.size());
        assertEquals(1, FactTypes.code("AgentAdded"));
        assertEquals(17, FactTypes.code("AccountEnded"));
    }
}
