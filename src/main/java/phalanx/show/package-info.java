/**
 * The desk: what all its places share. Each place has a folder of its own; views subscribe to {@link phalanx.show.Selection} and do
 * not talk to each other. Everything here belongs to the screen thread.
 */
@NullMarked
package phalanx.show;

import org.jspecify.annotations.NullMarked;
