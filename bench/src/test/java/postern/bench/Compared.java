package postern.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * With whose door Postern's is, and how many times as much it may take.
 *
 * @param aim as much would be good
 */
record Compared(String to, double must, double aim) {

    /** A line for each, by its name, and one for Postern beside the other, if that is there. */
    List<Figure> figures(String what, List<String> names, ToDoubleFunction<String> measured, String unit) {
        List<Figure> figures = new ArrayList<>();
        for (String name : names) {
            figures.add(Figure.told(what + ": " + name, measured.applyAsDouble(name), unit));
        }
        String line = "Postern, times " + to;
        figures.add(
                names.contains(to)
                        ? Figure.aimedAtMost(
                                line, must, aim, measured.applyAsDouble("Postern") / measured.applyAsDouble(to), "")
                        : Figure.told(line, to + " is not installed"));
        return figures;
    }
}
