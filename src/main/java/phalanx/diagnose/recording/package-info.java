/** What the captures themselves lack or distort; told so that it is not taken for the network. One rule a file. */
@NullMarked
package phalanx.diagnose.recording;

import org.jspecify.annotations.NullMarked;
