package dev.daypass.examples;

import java.util.List;
import java.util.Locale;

/// The content stream of one page. Distances are in points from the lower left corner.
final class PdfPage {
    private final StringBuilder out = new StringBuilder(4096);

    /// One corner of a line.
    ///
    /// @param x to the right
    /// @param y up
    record Point(double x, double y) {}

    /// How text looks.
    ///
    /// @param font typeface
    /// @param sizePoints height
    /// @param wordSpacePoints what is added to each space, to fill a line
    record Face(PdfFont font, double sizePoints, double wordSpacePoints) {
        static Face of(PdfFont font, double sizePoints) {
            return new Face(font, sizePoints, 0);
        }
    }

    /// @param line printable ASCII
    void text(Face face, Point at, String line) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "BT /%s %.1f Tf %.3f Tw %.2f %.2f Td %s Tj ET\n",
                        face.font(),
                        face.sizePoints(),
                        face.wordSpacePoints(),
                        at.x(),
                        at.y(),
                        literal(line)));
    }

    /// A line through all the points.
    void line(double widthPoints, List<Point> points) {
        out.append(String.format(Locale.ROOT, "%.2f w\n", widthPoints));
        String operator = "m";
        for (Point point : points) {
            out.append(
                    String.format(Locale.ROOT, "%.2f %.2f %s\n", point.x(), point.y(), operator));
            operator = "l";
        }
        out.append("S\n");
    }

    String content() {
        return out.toString();
    }

    /// A string object (section 3.2.3).
    ///
    /// @throws IllegalArgumentException if it is not printable ASCII
    static String literal(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "`%s` is not printable ascii".formatted(text.replaceAll("[^ -~]", "?")));
        }
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")";
    }
}
