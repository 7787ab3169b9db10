package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeCallsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a.in(b) | a.iN(b)
                    a . in (b) | a . iN (b)
                    !a.in(b) && c.in(d) | !a.iN(b) && c.iN(d)
                    "x".in(b) | "x".iN(b)
                    r"\\".in(b) | r"\\".iN(b)
                    "\\"".in(b) | "\\"".iN(b)
                    "a.in(b)" == a.in(b) | "a.in(b)" == a.iN(b)
                    f(a).in(b) | f(a).iN(b)
                    l[0].in(b) | l[0].iN(b)
                    a.iN(b) | a.in(b)
                    """)
    void a_call_of_in_is_renamed(String text, String expected) {
        assertEquals(expected, RangeCalls.rewrite(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a in b",
                "a in (b)",
                "a.inn(b)",
                "a.in",
                "a.begin(b)",
                "in(b)",
                "'a.in(b)'",
                "'it\\'s a.in(b)'",
                "'''a 'quoted' .in(b)'''",
                "\"\"\"a \"quoted\" .in(b)\"\"\"",
                "r'\\' + 'a.in(b)'",
                "true // a.in(b)",
                "'unterminated a.in(b)",
                "'ends in a backslash \\",
                "",
            })
    void all_else_stays_as_it_is(String text) {
        assertEquals(text, RangeCalls.rewrite(text));
    }

    @ParameterizedTest
    @CsvSource({"'true // x.in(y)\nz.in(y)', 'true // x.in(y)\nz.iN(y)'"})
    void a_comment_ends_with_its_line(String text, String expected) {
        assertEquals(expected, RangeCalls.rewrite(text));
    }
}
