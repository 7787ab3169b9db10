package dev.daypass.catalog;

import static dev.daypass.catalog.Documents.choices;
import static dev.daypass.catalog.Documents.operation;
import static dev.daypass.catalog.Documents.slot;
import static dev.daypass.catalog.Documents.slots;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.permission.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenApi31ImportTest {
    private final OpenApiImport.Imported trains =
            OpenApiImport.read(Documents.SERVICE, "trains", Documents.resource("trains-3.1.json"));

    @Test
    void a_path_item_by_reference_is_read() {
        assertEquals("3.1.0", trains.version());
        assertEquals(List.of("trains.list", "bookings.create"), Documents.names(trains));
    }

    @Test
    void constants_with_titles_are_choices_with_labels() {
        Operation list = operation(trains, "trains.list");
        assertEquals(
                List.of("BER=Berlin", "HAM=Hamburg", "XXX=XXX"), choices(slot(list, "query.from")));
        assertEquals("string", slot(list, "query.from").type());
        assertEquals(List.of("0=direct", "1.5=1.5"), choices(slot(list, "query.stops")));
        assertEquals("number", slot(list, "query.stops").type());
        assertEquals(List.of("true=true"), choices(slot(list, "query.direct")));
        assertEquals("boolean", slot(list, "query.direct").type());
        assertEquals(List.of("ICE=fast"), choices(slot(list, "query.codes")));
        assertTrue(slot(list, "query.codes").repeats());
    }

    @Test
    void types_that_are_lists_come_down_to_one() {
        Operation create = operation(trains, "bookings.create");
        assertEquals("string", slot(create, "body.seat").type());
        assertEquals("number", slot(create, "body.age").type());
        assertEquals("string", slot(create, "body.mixed").type());
        assertEquals("string", slot(create, "body.any").type());
    }

    @Test
    void a_description_beside_a_reference_is_the_one_that_counts() {
        Operation create = operation(trains, "bookings.create");
        assertEquals("of the carriage", slot(create, "body.class").description());
        assertEquals("window or aisle", slot(create, "body.seat").description());
        assertEquals(List.of("1=1", "2=2"), choices(slot(create, "body.class")));
        assertTrue(slot(create, "body.class").required());
    }

    @Test
    void members_of_alternatives_are_there_and_never_required() {
        Operation create = operation(trains, "bookings.create");
        assertTrue(slots(create).containsAll(List.of("body.voucher", "body.cash")));
        assertFalse(slot(create, "body.voucher").required());
    }

    @Test
    void a_schema_that_takes_other_values_lists_none() {
        Operation create = operation(trains, "bookings.create");
        assertEquals(List.of(), choices(slot(create, "body.free")));
        assertEquals(List.of("10000000000=10000000000"), choices(slot(create, "body.price")));
    }

    @Test
    void nothing_is_noted() {
        assertEquals(List.of(), Documents.skipped(trains));
        assertEquals(
                List.of("2026-11-24=2026-11-24"),
                choices(slot(operation(trains, "bookings.create"), "body.day")));
    }

    @Test
    void the_same_in_yaml_yields_the_same() {
        var yaml =
                Documents.read(
                        """
                        openapi: 3.1.1
                        info: {title: t, version: '1'}
                        paths:
                          /trains:
                            get:
                              parameters:
                                - &from
                                  name: from
                                  in: query
                                  schema:
                                    oneOf:
                                      - {const: BER, title: Berlin}
                                      - const: no
                                        title: Norway
                                - <<: *from
                                  name: to
                        """);
        Operation get = operation(yaml, "get_trains");
        assertEquals(List.of("query.from", "query.to"), slots(get));
        assertEquals(List.of("BER=Berlin", "no=Norway"), choices(slot(get, "query.to")));
    }
}
