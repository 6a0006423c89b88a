/**
 * What starts and stops: the command line, the wiring of all parts, the shutdown. Start at {@link
 * postern.app.Main}; {@link postern.app.Wiring} is the one place where parts meet.
 */
@NullMarked
package postern.app;

import org.jspecify.annotations.NullMarked;
