package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormTest {
    @Test
    void what_a_client_encodes_is_read_back() {
        Check.forAll(random -> {
            var given = new LinkedHashMap<String, String>();
            for (int i = random.nextInt(10); i > 0; i--) {
                given.put("p" + i, Gen.text(random, 6));
            }
            String encoded =
                    given.entrySet().stream()
                            .map(FormTest::encoded)
                            .collect(Collectors.joining("&"));

            Form form = Form.parse(encoded);

            given.forEach(
                    (name, value) -> assertEquals(value.isEmpty() ? null : value, form.get(name)));
        });
    }

    private static String encoded(Map.Entry<String, String> field) {
        return field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8);
    }

    @Test
    void a_parameter_without_a_value_counts_as_absent() {
        Form form = Form.parse("a=&b&c=1");

        assertNull(form.get("a"));
        assertNull(form.get("b"));
        assertEquals("none", form.getOr("b", "none"));
        assertEquals("1", form.get("c"));
        assertNull(Form.parse("").get("a"));
    }

    @Test
    void a_repeated_parameter_is_refused_however_it_is_spelled() {
        for (String body : List.of("a=1&a=2", "a=1&%61=2", "a=&a=1", "a&a", "x=1&a=1&a=1")) {
            assertThrows(MalformedForm.class, () -> Form.parse(body), body);
        }
    }

    @Test
    void resource_and_audience_may_repeat() {
        Form form = Form.parse("resource=a&audience=x&resource=b");

        assertEquals(List.of("a", "b"), form.all("resource"));
        assertEquals(List.of("x"), form.all("audience"));
    }

    @Test
    void malformed_percent_encoding_is_refused_without_quoting_it() {
        for (String body : List.of("a=%", "a=%2", "a=%zz", "%=1", "a=%-1")) {
            var refused = assertThrows(MalformedForm.class, () -> Form.parse(body), body);
            assertEquals("malformed percent-encoding", refused.getMessage());
        }
    }

    @Test
    void no_more_than_64_parameters_are_read() {
        String most = "a=1" + parameters(63);
        assertEquals("1", Form.parse(most).get("a"));
        assertThrows(MalformedForm.class, () -> Form.parse(most + "&z=1"));
        assertThrows(MalformedForm.class, () -> Form.parse("&".repeat(64)));
    }

    private static String parameters(int count) {
        var out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append("&n").append(i).append("=1");
        }
        return out.toString();
    }
}
