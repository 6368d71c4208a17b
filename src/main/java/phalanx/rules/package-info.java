/**
 * The user's own rules and thresholds, from a folder of YAML or JSON files.
 *
 * <p>Reading order: {@link phalanx.rules.RuleFolder}, {@link phalanx.rules.RuleFile}, {@link phalanx.rules.CustomRule},
 * {@link phalanx.rules.MeasureFields}. Conditions are filters of {@code decode.filter} over measures; rules go to {@code diagnose}.
 */
@NullMarked
package phalanx.rules;

import org.jspecify.annotations.NullMarked;
