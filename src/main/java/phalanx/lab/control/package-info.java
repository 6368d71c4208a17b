/**
 * Orders to a running lab from other processes of this machine: how it is, faults, its end.
 *
 * <p>Reading order: {@link phalanx.lab.control.LabControl}, {@link phalanx.lab.control.LabClient}.
 */
@NullMarked
package phalanx.lab.control;

import org.jspecify.annotations.NullMarked;
