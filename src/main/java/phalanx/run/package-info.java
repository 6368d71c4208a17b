/**
 * How work runs and fails: results, problems, progress, background jobs.
 *
 * <p>Reading order: {@link phalanx.run.Outcome}, {@link phalanx.run.Problem}, {@link phalanx.run.Progress}, {@link phalanx.run.Jobs}.
 * Imports nothing of Phalanx.
 */
@NullMarked
package phalanx.run;

import org.jspecify.annotations.NullMarked;
