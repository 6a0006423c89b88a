/** A real OAuth server on loopback, whose tokens the mail servers of the tests take. */
@NullMarked
package postern.app.provider;

import org.jspecify.annotations.NullMarked;
