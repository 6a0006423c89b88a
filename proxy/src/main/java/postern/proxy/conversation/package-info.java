/**
 * What the doors have in common, whatever is spoken there: a conversation with a client until it is
 * logged in, one with its upstream meanwhile, and a thin guard over what is said afterwards. A
 * protocol brings a {@link postern.proxy.conversation.Language} for its clients and an {@link
 * postern.proxy.conversation.UpstreamLanguage} for its upstreams; the rest is here. Start at {@link
 * postern.proxy.conversation.ClientConversation}.
 */
@NullMarked
package postern.proxy.conversation;

import org.jspecify.annotations.NullMarked;
