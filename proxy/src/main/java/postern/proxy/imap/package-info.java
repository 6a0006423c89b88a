/**
 * The IMAP door: everything a client may say before it is logged in (RFC 3501 sections 6.1 and 6.2),
 * and how we log in at its mailbox.
 *
 * <p>{@link ImapFrames} cuts the stream, {@link ImapReader} knows the grammar, {@link ImapState} the
 * conversation, {@link ImapUpstreamState} the one with the upstream; {@code
 * postern.proxy.conversation} carries both to their channels. After login {@link ImapGuard} stands
 * between the two: literals pass unaltered, some commands do not pass. Before upstreams that need no
 * guard, {@link ImapFarewell} knows just enough IMAP to end a session in good order. Start at {@link
 * ImapFrontEnd}.
 */
@NullMarked
package postern.proxy.imap;

import org.jspecify.annotations.NullMarked;
