/**
 * Findings into plain words, by templates in {@code resources/explain}, and the whole answer as one value.
 *
 * <p>Reading order: {@link phalanx.explain.Analysis}, {@link phalanx.explain.ExplainedFinding},
 * {@link phalanx.explain.TemplateExplainer}, {@link phalanx.explain.CaseAccount}. Data comes from {@code diagnose} and goes to {@code show} and {@code share}.
 */
@NullMarked
package phalanx.explain;

import org.jspecify.annotations.NullMarked;
