/**
 * The whole server with something to try it on: a mail server, two people, some mail, a throw-away
 * certificate. Start at {@link postern.app.demo.Demo}. Nothing here is on the class path of a real
 * server.
 */
@NullMarked
package postern.app.demo;

import org.jspecify.annotations.NullMarked;
