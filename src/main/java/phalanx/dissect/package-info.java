/**
 * One frame taken apart to a tree of fields, for people: names, values, and the bytes that they stand in.
 *
 * <p>Reading order: {@link phalanx.dissect.Dissector}, {@link phalanx.dissect.Dissection}, {@link phalanx.dissect.FieldNode},
 * then {@code Layers}, {@code Branch} and one class a protocol header. Frames come from {@code capture}; {@code show} draws the tree.
 * It is made for the one packet that is looked at: {@code decode} reads all packets, and knows less of each.
 */
@NullMarked
package phalanx.dissect;

import org.jspecify.annotations.NullMarked;
