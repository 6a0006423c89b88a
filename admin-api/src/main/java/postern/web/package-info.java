/**
 * HTTP as all our APIs and pages speak it: bounded, refused in one form, logged once. Start at {@link postern.web.Route}: one thing
 * that may be asked for, and who may.
 */
@NullMarked
package postern.web;

import org.jspecify.annotations.NullMarked;
