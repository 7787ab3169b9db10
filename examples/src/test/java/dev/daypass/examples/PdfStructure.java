package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a PDF from its end, as a reader must, and checks each thing that it finds on the way.
///
/// @param text the file, one character a byte
/// @param objects of the cross-reference table, in order from 1
record PdfStructure(String text, List<String> objects) {
    private static final int ENTRY_BYTES = 20;

    static PdfStructure check(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("%PDF-1.4\n"), "header");
        Matcher end = Pattern.compile("startxref\n(\\d+)\n%%EOF\n\\z").matcher(text);
        assertTrue(end.find(), "end of file");
        int xref = Integer.parseInt(end.group(1));
        Matcher head =
                Pattern.compile("xref\n0 (\\d+)\n").matcher(text).region(xref, text.length());
        assertTrue(head.lookingAt(), "startxref must point at the table");
        int count = Integer.parseInt(head.group(1));
        int table = head.end();
        assertEquals("0000000000 65535 f \n", text.substring(table, table + ENTRY_BYTES));
        var objects = new ArrayList<String>();
        for (int i = 1; i < count; i++) {
            objects.add(
                    object(
                            text,
                            i,
                            text.substring(
                                    table + i * ENTRY_BYTES, table + (i + 1) * ENTRY_BYTES)));
        }
        String trailer = text.substring(table + count * ENTRY_BYTES);
        assertTrue(trailer.startsWith("trailer\n<< /Size " + count + " /Root 1 0 R"), trailer);
        return new PdfStructure(text, List.copyOf(objects));
    }

    private static String object(String text, int number, String entry) {
        assertTrue(entry.matches("\\d{10} 00000 n \n"), entry);
        int at = Integer.parseInt(entry.substring(0, 10));
        String start = number + " 0 obj\n";
        assertTrue(text.startsWith(start, at), "entry " + number + " must point at its object");
        String body = text.substring(at + start.length(), text.indexOf("\nendobj\n", at));
        Matcher stream = Pattern.compile("<< /Length (\\d+) >>\nstream\n").matcher(body);
        if (stream.lookingAt()) {
            int length = Integer.parseInt(stream.group(1));
            assertEquals("\nendstream", body.substring(stream.end() + length), "length of stream");
        }
        return body;
    }

    long pages() {
        return objects.stream().filter(body -> body.contains("/Type /Page ")).count();
    }
}
