/**
 * Customers: requests that come whether or not the last one was answered, and how they fared.
 *
 * <p>Reading order: {@link phalanx.lab.load.LoadGenerator}, {@link phalanx.lab.load.LoadWindow}, {@link phalanx.lab.load.Objective}.
 */
@NullMarked
package phalanx.lab.load;

import org.jspecify.annotations.NullMarked;
