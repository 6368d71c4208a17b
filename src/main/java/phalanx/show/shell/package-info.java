/** The window: menu, drop, welcome, loading and error states, and how the views lie together. First type: {@link phalanx.show.shell.Desk}. */
@NullMarked
package phalanx.show.shell;

import org.jspecify.annotations.NullMarked;
