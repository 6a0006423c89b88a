package postern.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The main class of a {@link ChildJvm}: measures, and writes a line for each figure. */
final class OneBench {

    private OneBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream figures = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (Figure figure : Benches.valueOf(arguments[0]).make().measure()) {
            figures.println(figure.line());
        }
        // Whatever a bench has left running.
        System.exit(0);
    }
}
