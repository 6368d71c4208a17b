package phalanx.show.conversations;

/** A line of the table. */
sealed interface Line permits ConversationRow, GroupLine {}
