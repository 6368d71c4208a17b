/**
 * What was known and decided, kept: cases with their captures, notes and layout, and what a user prefers.
 *
 * <p>Reading order: {@link phalanx.casefile.CaseFile}, {@link phalanx.casefile.CaseStore}, {@link phalanx.casefile.Settings}.
 */
@NullMarked
package phalanx.casefile;

import org.jspecify.annotations.NullMarked;
