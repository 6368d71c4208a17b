/**
 * What a user prefers, which keys do what, what Phalanx is made of, and what a report of a fault needs.
 *
 * <p>First types: {@link phalanx.show.settings.SettingsViewModel}, {@link phalanx.show.settings.SettingsView}, {@link
 * phalanx.show.settings.AboutView}, {@link phalanx.show.settings.DiagnosticsView}.
 */
@NullMarked
package phalanx.show.settings;

import org.jspecify.annotations.NullMarked;
