package postern.bench;

import java.util.List;

/** Measures a few figures, within a minute or so, and stops by itself. */
interface Bench {

    List<Figure> measure() throws Exception;
}
