/** What all commands do at a terminal: exit codes, progress, giving up, waiting for a signal, figures and what counts them. */
@NullMarked
package phalanx.app.terminal;

import org.jspecify.annotations.NullMarked;
