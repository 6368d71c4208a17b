/**
 * The line at the top: display filter, search, commands, places to go to.
 *
 * <p>First types: {@link phalanx.show.omnibox.Omnibox}, {@link phalanx.show.omnibox.OmniboxViewModel}, {@link
 * phalanx.show.omnibox.FilterRun}.
 */
@NullMarked
package phalanx.show.omnibox;

import org.jspecify.annotations.NullMarked;
