package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NameWordsTest {
    @Test
    void every_way_of_writing_a_name_has_the_same_words() {
        List<String> words = List.of("list", "payment", "methods");
        for (String name :
                List.of(
                        "listPaymentMethods",
                        "ListPaymentMethods",
                        "list_payment_methods",
                        "LIST_PAYMENT_METHODS",
                        "list-payment-methods",
                        "list.payment/methods",
                        "listPAYMENTMethods",
                        "list2Payment3Methods4",
                        " list  payment methods ")) {
            assertEquals(words, NameWords.split(name), name);
        }
        assertEquals(List.of("http", "server"), NameWords.split("HTTPServer"));
        assertEquals(List.of("api", "key"), NameWords.split("APIKey"));
        assertEquals(List.of(), NameWords.split("42/__"));
    }

    @Test
    void plurals_are_found_by_their_singular() {
        assertEquals("key", NameWords.singular("keys"));
        assertEquals("address", NameWords.singular("addresses"));
        assertEquals("policy", NameWords.singular("policies"));
        assertEquals("search", NameWords.singular("searches"));
        assertEquals("status", NameWords.singular("status"));
        assertEquals("access", NameWords.singular("access"));
        assertEquals("analysis", NameWords.singular("analysis"));
        assertEquals("gas", NameWords.singular("gas"));
    }

    @Test
    void neighbours_are_found_as_one_word() {
        assertTrue(NameWords.lookup("user_sign_in").contains("signin"));
        assertTrue(NameWords.lookup("apiKeys").containsAll(Set.of("apikey", "key", "api")));
    }
}
