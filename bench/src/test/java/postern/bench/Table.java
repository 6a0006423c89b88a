package postern.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Markdown that is also read well as it is. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintStream out) {
        out.println(line(rows.getFirst(), " "));
        out.println(line(rows.getFirst().stream().map(_ -> "").toList(), "-"));
        rows.stream().skip(1).forEach(row -> out.println(line(row, " ")));
    }

    private String line(List<String> cells, String filling) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(filling)
                    .append(cell)
                    .append(filling.repeat(width(column) - cell.length()))
                    .append(filling)
                    .append('|');
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
