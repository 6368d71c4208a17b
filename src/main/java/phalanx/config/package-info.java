/**
 * Configuration text to a tree with line and column, and the tree to values. This room knows no directive: who obeys one declares it as
 * a {@link phalanx.config.Directive} and reads it from its {@link phalanx.config.Section}.
 *
 * <p>Read first: {@link phalanx.config.Node}, {@link phalanx.config.ConfText}, {@link phalanx.config.Section}. The grammar is nginx's.
 */
@NullMarked
package phalanx.config;

import org.jspecify.annotations.NullMarked;
