/** The table of conversations. First type: {@link phalanx.show.conversations.ConversationsView}. */
@NullMarked
package phalanx.show.conversations;

import org.jspecify.annotations.NullMarked;
