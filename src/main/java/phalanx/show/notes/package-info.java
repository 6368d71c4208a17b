/** What people write on packets, conversations and findings. First types: {@link phalanx.show.notes.Notes}, {@link phalanx.show.notes.NotesView}. */
@NullMarked
package phalanx.show.notes;

import org.jspecify.annotations.NullMarked;
