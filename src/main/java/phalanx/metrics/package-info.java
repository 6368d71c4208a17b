/**
 * What is measured over time: series of numbers, files of them that other tools wrote, and which service calls which. Read
 * {@link phalanx.metrics.TimeSeries} first.
 */
@NullMarked
package phalanx.metrics;

import org.jspecify.annotations.NullMarked;
