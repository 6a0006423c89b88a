/** Measures what the design promises in numbers; {@link postern.bench.BenchRun} starts each bench in a JVM of its own. */
@NullMarked
package postern.bench;

import org.jspecify.annotations.NullMarked;
