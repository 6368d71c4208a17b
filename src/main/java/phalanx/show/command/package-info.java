/**
 * What can be done at the desk: one list of commands behind menus, palette and keys.
 *
 * <p>First types: {@link phalanx.show.command.Command}, {@link phalanx.show.command.Commands}.
 */
@NullMarked
package phalanx.show.command;

import org.jspecify.annotations.NullMarked;
