/** Conversations as files. Start at {@link postern.proxy.transcript.Transcript}. */
@NullMarked
package postern.proxy.transcript;

import org.jspecify.annotations.NullMarked;
