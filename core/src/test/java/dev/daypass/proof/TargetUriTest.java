package dev.daypass.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetUriTest {
    @Test
    void spellings_of_one_url_have_one_normal_form() {
        for (String spelling :
                List.of(
                        "https://edge.example/lab/x",
                        "HTTPS://EDGE.example:443/lab/x",
                        "https://edge.example/lab/x?q=1",
                        "https://edge.example/lab/x#part",
                        "https://edge.example/lab/./y/../x",
                        "https://edge.example/%6Cab/%78",
                        "https://edge.example/../lab/x",
                        "https://edge.example:/lab/x")) {
            assertEquals("https://edge.example/lab/x", TargetUri.normal(spelling), spelling);
        }
        assertEquals(
                TargetUri.normal("https://edge.example"),
                TargetUri.normal("https://edge.example/"));
        assertEquals("http://edge.example/", TargetUri.normal("http://edge.example:80"));
        assertEquals("https://[::1]:8443/a%2Fb", TargetUri.normal("https://[::1]:8443/a%2fb"));
        assertEquals("https://h/a/", TargetUri.normal("https://h/a/b/.."));
        assertEquals("https://h/a/", TargetUri.normal("https://h/a/."));
    }

    @Test
    void other_urls_have_other_normal_forms() {
        for (String other :
                List.of(
                        "http://edge.example/lab/x",
                        "https://edge.example:8443/lab/x",
                        "https://edge.example.evil.example/lab/x",
                        "https://edge.example/lab/x/",
                        "https://edge.example/lab/X",
                        "https://edge.example/lab%2Fx",
                        "https://edge.example//lab/x",
                        "https://edge.example/lab/x;y")) {
            assertNotEquals("https://edge.example/lab/x", TargetUri.normal(other), other);
        }
    }

    @Test
    void what_is_no_url_of_http_has_no_normal_form() {
        for (String none :
                List.of(
                        "",
                        "/lab/x",
                        "edge.example/lab/x",
                        "ftp://edge.example/",
                        "https:///lab/x",
                        "https://agent@edge.example/lab/x",
                        "https://edge.example/%zz",
                        "https://edge.example/%2",
                        "https://edge.example/a b",
                        "https://edge.example/ü",
                        "mailto:agent@edge.example",
                        "https:edge")) {
            assertNull(TargetUri.normal(none), none);
        }
    }
}
