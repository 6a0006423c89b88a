/** What no package can test alone: the walls between them. */
@NullMarked
package postern;

import org.jspecify.annotations.NullMarked;
