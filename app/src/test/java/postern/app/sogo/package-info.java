/** A real SOGo on loopback: the server for ActiveSync behind Postern in the whole-server tests. */
@NullMarked
package postern.app.sogo;

import org.jspecify.annotations.NullMarked;
