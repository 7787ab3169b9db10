package dev.daypass.examples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes PDF 1.4 (Adobe's PDF Reference, third edition): uncompressed, three of the standard
/// fonts, A4 pages, one classic cross-reference table. The same pages give the same bytes.
final class PdfFile {
    static final double WIDTH_POINTS = 595;
    static final double HEIGHT_POINTS = 842;

    // The comment of high bytes tells file-transfer programs that this is binary (section 3.4.1).
    private static final byte[] HEADER =
            "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final List<PdfFont> FONTS = List.of(PdfFont.values());
    private static final int CATALOG = 1;
    private static final int PAGES = 2;
    private static final int INFO = 3;
    private static final int FIRST_FONT = 4;
    private static final int FIRST_PAGE = FIRST_FONT + FONTS.size();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    private PdfFile() {}

    /// @param title for the document's information
    /// @param author for the document's information
    /// @param pages content streams, as [PdfPage] makes them
    static byte[] of(String title, String author, List<String> pages) {
        var file = new PdfFile();
        file.out.writeBytes(HEADER);
        file.object("<< /Type /Catalog /Pages %d 0 R >>".formatted(PAGES));
        file.object(tree(pages.size()));
        file.object(
                "<< /Title %s /Author %s /Producer (Daypass samples) >>"
                        .formatted(PdfPage.literal(title), PdfPage.literal(author)));
        for (PdfFont font : FONTS) {
            file.object(font.dictionary());
        }
        for (int i = 0; i < pages.size(); i++) {
            file.object(page(FIRST_PAGE + 2 * i + 1));
            file.object(stream(pages.get(i)));
        }
        file.end();
        return file.out.toByteArray();
    }

    private static String tree(int pages) {
        String kids =
                IntStream.range(0, pages)
                        .mapToObj(i -> (FIRST_PAGE + 2 * i) + " 0 R")
                        .collect(Collectors.joining(" "));
        return "<< /Type /Pages /Count %d /Kids [%s] >>".formatted(pages, kids);
    }

    private static String page(int contents) {
        var fonts = new StringBuilder();
        int font = FIRST_FONT;
        for (PdfFont name : FONTS) {
            fonts.append("/%s %d 0 R ".formatted(name, font++));
        }
        return String.format(
                Locale.ROOT,
                "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.0f %.0f] /Resources << /Font << %s>> >> /Contents %d 0 R >>",
                PAGES,
                WIDTH_POINTS,
                HEIGHT_POINTS,
                fonts,
                contents);
    }

    private static String stream(String content) {
        return "<< /Length %d >>\nstream\n%s\nendstream".formatted(content.length(), content);
    }

    private void object(String body) {
        offsets.add(out.size());
        write("%d 0 obj\n%s\nendobj\n".formatted(offsets.size(), body));
    }

    /// Cross-reference table, trailer and where the table starts (sections 3.4.3 and 3.4.4).
    private void end() {
        String id = HexFormat.of().formatHex(sha256(out.toByteArray()), 0, 16);
        int start = out.size();
        write("xref\n0 %d\n0000000000 65535 f \n".formatted(offsets.size() + 1));
        offsets.forEach(offset -> write("%010d 00000 n \n".formatted(offset)));
        write(
                "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
                        .formatted(offsets.size() + 1, CATALOG, INFO, id, id, start));
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
