/** What the desk shows before anything is open. First type: {@link phalanx.show.welcome.WelcomeView}. */
@NullMarked
package phalanx.show.welcome;

import org.jspecify.annotations.NullMarked;
