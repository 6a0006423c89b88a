/**
 * Who is on the line, on all nodes, for whoever would look at it. Start at {@link postern.credentials.board.Board}:
 * each node writes its own sessions there, behind them, and nothing is decided by it.
 */
@NullMarked
package postern.credentials.board;

import org.jspecify.annotations.NullMarked;
