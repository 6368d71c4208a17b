/**
 * One capture by itself: every stream with its TCP analysis, response times, and what the capture cannot tell. One pass, in
 * file order, in memory that does not grow with the file.
 *
 * <p>Reading order: {@link phalanx.inspect.Inspector}, {@link phalanx.inspect.Inspection}, {@link phalanx.inspect.TcpStream},
 * {@link phalanx.inspect.TcpAnalysis}, {@link phalanx.inspect.DuplicateFrames}. Frames come from {@code capture} through the views of
 * {@code decode}; {@code share} writes the result.
 */
@NullMarked
package phalanx.inspect;

import org.jspecify.annotations.NullMarked;
