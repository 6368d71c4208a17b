/**
 * The offline manual: pages of Markdown in {@code resources/help/<language>}, read and shown without a browser.
 *
 * <p>First types: {@link phalanx.show.help.HelpBook}, {@link phalanx.show.help.HelpWindow}, {@link phalanx.show.help.HelpTopics}.
 */
@NullMarked
package phalanx.show.help;

import org.jspecify.annotations.NullMarked;
