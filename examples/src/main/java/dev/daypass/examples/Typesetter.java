package dev.daypass.examples;

import dev.daypass.examples.PdfPage.Face;
import dev.daypass.examples.PdfPage.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Sets a paper on A4 pages, top to bottom in one column.
final class Typesetter {
    private static final double MARGIN = 72;
    private static final double TEXT_WIDTH = PdfFile.WIDTH_POINTS - 2 * MARGIN;
    private static final double PLOT_HEIGHT = 200;
    private static final Face TITLE = Face.of(PdfFont.BOLD, 18);
    private static final Face HEADING = Face.of(PdfFont.BOLD, 12.5);
    private static final Face BODY = Face.of(PdfFont.TEXT, 11);
    private static final Face SMALL = Face.of(PdfFont.TEXT, 9);
    private static final Face DATA = Face.of(PdfFont.FIXED, 9);

    private final String footer;
    private final List<PdfPage> pages = new ArrayList<>();
    private PdfPage page = new PdfPage();
    private double y;

    private Typesetter(String footer) {
        this.footer = footer;
        turn();
    }

    static byte[] pdf(PaperText paper) {
        String authors = String.join(", ", paper.authors());
        var setter = new Typesetter("%s, %d".formatted(paper.id(), paper.year()));
        setter.flow(TITLE, paper.title(), false);
        setter.flow(BODY, authors, false);
        for (PaperText.Section section : paper.sections()) {
            setter.heading(section.heading());
            section.paragraphs().forEach(text -> setter.flow(BODY, text, true));
        }
        setter.keepTogether(PLOT_HEIGHT + 80);
        setter.heading("Figure 1. " + paper.exhibit().caption());
        setter.plot(paper.exhibit());
        setter.heading("Table 1. " + paper.exhibit().caption());
        setter.table(paper.exhibit());
        List<String> contents = setter.pages.stream().map(PdfPage::content).toList();
        return PdfFile.of(paper.title(), authors, contents);
    }

    private void turn() {
        page = new PdfPage();
        pages.add(page);
        y = PdfFile.HEIGHT_POINTS - MARGIN;
        page.text(SMALL, new Point(MARGIN, MARGIN / 2), footer + ", page " + pages.size());
    }

    /// Moves down, to a new page where there is no room.
    private void down(double points) {
        y -= points;
        if (y < MARGIN) {
            turn();
        }
    }

    private void keepTogether(double points) {
        if (y < MARGIN + points) {
            turn();
        }
    }

    private void heading(String text) {
        keepTogether(60);
        down(10);
        flow(HEADING, text, false);
    }

    private void flow(Face face, String text, boolean justified) {
        List<String> lines = lines(face, text);
        for (String line : lines) {
            down(face.sizePoints() * 1.3);
            boolean fill = justified && !line.equals(lines.getLast());
            page.text(fill ? filling(face, line) : face, new Point(MARGIN, y), line);
        }
        down(5);
    }

    private static Face filling(Face face, String line) {
        double slack = TEXT_WIDTH - face.font().widthPoints(line, face.sizePoints());
        long spaces = Math.max(1, line.chars().filter(c -> c == ' ').count());
        return new Face(face.font(), face.sizePoints(), slack / spaces);
    }

    private static List<String> lines(Face face, String text) {
        var out = new ArrayList<String>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (face.font().widthPoints(longer, face.sizePoints()) > TEXT_WIDTH) {
                out.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        out.add(line);
        return out;
    }

    private void plot(Exhibit exhibit) {
        down(PLOT_HEIGHT + 10);
        double base = y;
        double top = base + PLOT_HEIGHT;
        page.line(
                0.8,
                List.of(
                        new Point(MARGIN, top),
                        new Point(MARGIN, base),
                        new Point(MARGIN + TEXT_WIDTH, base)));
        page.line(1.2, curve(exhibit, base));
        down(12);
        page.text(SMALL, new Point(MARGIN, y), axes(exhibit));
        down(8);
    }

    private static List<Point> curve(Exhibit exhibit, double base) {
        double width = max(exhibit, 0);
        double height = max(exhibit, 1);
        return exhibit.rows().stream()
                .map(row ->
                        new Point(
                                MARGIN + row.get(0) / width * TEXT_WIDTH,
                                base + row.get(1) / height * PLOT_HEIGHT))
                .toList();
    }

    private static String axes(Exhibit exhibit) {
        return String.format(
                Locale.ROOT,
                "Across: %s, to %.4g. Up: %s, to %.4g.",
                exhibit.columns().get(0),
                max(exhibit, 0),
                exhibit.columns().get(1),
                max(exhibit, 1));
    }

    private static double max(Exhibit exhibit, int column) {
        return exhibit.rows().stream().mapToDouble(row -> row.get(column)).max().orElseThrow();
    }

    private void table(Exhibit exhibit) {
        row(exhibit.columns().stream().map("%16s"::formatted).toList());
        for (List<Double> values : exhibit.rows()) {
            row(values.stream().map(v -> String.format(Locale.ROOT, "%16.6g", v)).toList());
        }
    }

    private void row(List<String> cells) {
        down(11.5);
        page.text(DATA, new Point(MARGIN, y), String.join("", cells));
    }
}
