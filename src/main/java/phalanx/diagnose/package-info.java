/**
 * Rules turn measures into findings with evidence. One rule a file; {@link phalanx.diagnose.RuleBook} lists them all.
 *
 * <p>Reading order: {@link phalanx.diagnose.Rule}, {@link phalanx.diagnose.Verdict}, {@link phalanx.diagnose.Finding},
 * {@link phalanx.diagnose.Where}, {@link phalanx.diagnose.RuleBook}. Data comes from {@code measure} and goes to {@code explain}.
 */
@NullMarked
package phalanx.diagnose;

import org.jspecify.annotations.NullMarked;
