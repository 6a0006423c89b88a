/**
 * Mail doors in processes of their own, Postern's and those of others, with one mailbox behind them and clients in front:
 * what {@link postern.bench.BenchRun}'s benches of the doors are measured on. Knows no bench.
 */
@NullMarked
package postern.bench.doors;

import org.jspecify.annotations.NullMarked;
