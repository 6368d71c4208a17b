/**
 * Wireshark's display filter language, the part that packets of {@code decode} can answer.
 *
 * <p>Reading order: {@link phalanx.decode.filter.DisplayFilter}, {@link phalanx.decode.filter.Field},
 * {@link phalanx.decode.filter.FieldSource}, {@link phalanx.decode.filter.FilterParser}. What a frame's fields are is told by whoever
 * reads frames: {@code inspect}.
 */
@NullMarked
package phalanx.decode.filter;

import org.jspecify.annotations.NullMarked;
