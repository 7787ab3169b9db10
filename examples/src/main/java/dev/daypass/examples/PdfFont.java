package dev.daypass.examples;

/// The fonts that a sample paper is set in, all among the fourteen that every reader has.
enum PdfFont {
    TEXT("Times-Roman"),
    BOLD("Times-Bold"),
    FIXED("Courier");

    private static final int FIRST_CHAR = ' ';
    private static final int FIXED_WIDTH = 600;
    private static final double BOLD_FACTOR = 1.08;

    // Advance widths of Times-Roman for space to tilde, in thousandths of the font size.
    private static final int[] TEXT_WIDTHS = {
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500,
                500,
        500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722,
                611,
        556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944,
                722,
        722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278,
                500,
        278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480,
                541
    };

    private final String baseFont;

    PdfFont(String baseFont) {
        this.baseFont = baseFont;
    }

    String dictionary() {
        return "<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
                .formatted(baseFont);
    }

    /// How wide printable ASCII is in this font; bold is estimated.
    double widthPoints(String text, double size) {
        double thousandths =
                switch (this) {
                    case TEXT -> roman(text);
                    case BOLD -> roman(text) * BOLD_FACTOR;
                    case FIXED -> (double) FIXED_WIDTH * text.length();
                };
        return thousandths * size / 1000;
    }

    private static int roman(String text) {
        return text.chars().map(c -> TEXT_WIDTHS[c - FIRST_CHAR]).sum();
    }
}
