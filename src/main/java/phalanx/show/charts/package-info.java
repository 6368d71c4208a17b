/**
 * Quantities over time as charts below each other on one time axis. Reading order: {@link phalanx.show.charts.Chart},
 * {@link phalanx.show.charts.ChartsViewModel}, {@link phalanx.show.charts.Scope}, {@link phalanx.show.charts.ChartPicture},
 * {@link phalanx.show.charts.ChartsView}. Data comes from {@code stitch} and {@code measure}; drawn by JFreeChart.
 */
@NullMarked
package phalanx.show.charts;

import org.jspecify.annotations.NullMarked;
