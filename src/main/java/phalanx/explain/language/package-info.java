/** Language models: how alike two texts are, in process and offline. Nothing here decides anything. */
@NullMarked
package phalanx.explain.language;

import org.jspecify.annotations.NullMarked;
