/**
 * The lab on the desk: a marketplace that is started, looked at and broken.
 *
 * <p>Reading order: {@link phalanx.show.lab.LabViewModel}, {@link phalanx.show.lab.LabPage}.
 */
@NullMarked
package phalanx.show.lab;

import org.jspecify.annotations.NullMarked;
