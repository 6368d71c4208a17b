/**
 * The window in which captures are made fit to be given away. First types: {@link phalanx.show.redact.RedactDialog}, {@link
 * phalanx.show.redact.RedactViewModel}; the work is done by {@code redact}.
 */
@NullMarked
package phalanx.show.redact;

import org.jspecify.annotations.NullMarked;
