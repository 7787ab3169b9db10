package dev.daypass.examples;

import static dev.daypass.examples.FlightShopTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaperLibraryTest {
    private static final String KEY = "library-key-for-tests";

    private PaperLibrary library;
    private Browser browser;

    @BeforeEach
    void start() {
        library = PaperLibrary.start(0, KEY);
        browser = new Browser(library.port(), "Authorization", "Bearer " + KEY);
    }

    @AfterEach
    void stop() {
        browser.close();
        library.close();
    }

    @Test
    void every_paper_is_a_well_formed_pdf_of_some_pages() throws Exception {
        List<Json> papers = papers("/papers?max=50");

        assertTrue(papers.size() >= 5);
        for (Json paper : papers) {
            HttpResponse<byte[]> file = browser.get(Browser.text(paper, "pdf"));
            assertEquals(
                    "application/pdf", file.headers().firstValue("Content-Type").orElseThrow());
            PdfStructure pdf = PdfStructure.check(file.body());
            assertTrue(pdf.pages() >= 3, () -> pdf.pages() + " pages");
            assertTrue(file.body().length >= 20_000 && file.body().length <= 200_000);
            assertTrue(pdf.text().contains("/Title (" + Browser.text(paper, "title") + ")"));
        }
    }

    @Test
    void length_and_digest_of_a_paper_are_those_of_its_file() throws Exception {
        Json paper = Browser.json(browser.get("/papers/p-1706"));
        byte[] file = browser.get("/papers/p-1706/pdf").body();

        assertEquals(Json.of(file.length), Browser.at(paper, "bytes"));
        assertEquals(HexFormat.of().formatHex(PdfFile.sha256(file)), Browser.text(paper, "sha256"));
    }

    @Test
    void two_libraries_serve_the_same_bytes() throws Exception {
        byte[] here = browser.get("/papers/p-2003/pdf").body();

        try (var second = PaperLibrary.start(0, "k");
                var there = new Browser(second.port(), "Authorization", "bearer k")) {
            assertArrayEquals(here, there.get("/papers/p-2003/pdf").body());
        }
    }

    @Test
    void a_search_finds_papers_that_hold_every_word() throws Exception {
        assertEquals(List.of("p-2107"), ids("/papers?q=merkle"));
        assertEquals(List.of("p-1706"), ids("/papers?q=Lifetime+key"));
        assertEquals(List.of(), ids("/papers?q=merkle+flights"));
        assertEquals(List.of("p-2212", "p-2107"), ids("/papers?max=2"));
        assertProblem(400, "from 1 to 50", browser.get("/papers?max=many"));
    }

    @Test
    void an_upload_can_be_read_back_and_deleted() throws Exception {
        byte[] pdf = PdfFile.of("Mine", "Me", List.of(new PdfPage().content()));
        PdfStructure.check(pdf);

        HttpResponse<byte[]> kept = upload("/papers?title=My+paper", "application/pdf", pdf);

        assertEquals(201, kept.statusCode());
        String path = kept.headers().firstValue("Location").orElseThrow();
        assertEquals("My paper", Browser.text(Browser.json(browser.get(path)), "title"));
        assertArrayEquals(pdf, browser.get(path + "/pdf").body());
        assertEquals(204, browser.delete(path).statusCode());
        assertProblem(404, "no paper", browser.get(path + "/pdf"));
        assertProblem(404, "no paper", browser.delete(path));
    }

    @Test
    void what_is_no_pdf_is_not_kept() throws Exception {
        byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);

        assertProblem(400, "%PDF-", upload("/papers?title=x", "application/pdf", text));
        assertProblem(400, "%PDF-", upload("/papers?title=x", "application/pdf", new byte[0]));
        assertProblem(415, "`text/plain`", upload("/papers?title=x", "text/plain", text));
        assertProblem(400, "`title` is missing", upload("/papers", "application/pdf", text));
        assertProblem(
                413,
                "8388608 bytes",
                upload(
                        "/papers?title=x",
                        "application/pdf",
                        new byte[PaperOperations.UPLOAD_BYTES_MAX + 1]));
        assertEquals(6, papers("/papers").size());
    }

    @Test
    void readers_are_listed_with_what_they_borrowed() throws Exception {
        Json answer = Browser.json(browser.get("/readers"));

        assertEquals("agnes@example.org", Browser.text(answer, "readers", "0", "email"));
        assertEquals("p-1706", Browser.text(answer, "readers", "0", "borrowed", "0"));
    }

    @Test
    void only_the_bearer_of_the_key_is_let_in() throws Exception {
        for (String wrong : List.of("Bearer", "Bearer x", KEY, "Basic " + KEY, "Bearer  " + KEY)) {
            try (var stranger = new Browser(library.port(), "Authorization", wrong)) {
                HttpResponse<byte[]> answer = stranger.get("/papers/p-1706/pdf");
                assertProblem(401, "`Authorization`", answer);
                assertEquals(
                        "Bearer", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
            }
        }
    }

    @Test
    void text_that_a_pdf_cannot_hold_is_refused() {
        assertEquals("(a \\(b\\) \\\\)", PdfPage.literal("a (b) \\"));
        assertThrows(IllegalArgumentException.class, () -> PdfPage.literal("caf\u00e9"));
        assertThrows(IllegalArgumentException.class, () -> PdfPage.literal("a\nb"));
    }

    private HttpResponse<byte[]> upload(String target, String type, byte[] body) throws Exception {
        return browser.send("POST", target, type, BodyPublishers.ofByteArray(body));
    }

    private List<Json> papers(String target) throws Exception {
        return ((Json.Arr) Browser.at(Browser.json(browser.get(target)), "papers")).items();
    }

    private List<String> ids(String target) throws Exception {
        return papers(target).stream().map(paper -> Browser.text(paper, "id")).toList();
    }
}
