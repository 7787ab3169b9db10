package dev.daypass.examples;

import java.math.BigDecimal;
import java.util.List;

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
        out.append("BT /").append(face.font());
        numbers("Tf", face.sizePoints());
        numbers("Tw", face.wordSpacePoints());
        numbers("Td", at.x(), at.y());
        out.append(' ').append(literal(line)).append(" Tj ET\n");
    }

    /// A line through all the points.
    void line(double widthPoints, List<Point> points) {
        numbers("w", widthPoints);
        String operator = "m";
        for (Point point : points) {
            numbers(operator, point.x(), point.y());
            operator = "l";
        }
        out.append(" S\n");
    }

    /// Operands with three digits after the point, then the operator.
    private void numbers(String operator, double... operands) {
        for (double operand : operands) {
            out.append(' ')
                    .append(BigDecimal.valueOf(Math.round(operand * 1000), 3).toPlainString());
        }
        out.append(' ').append(operator);
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
