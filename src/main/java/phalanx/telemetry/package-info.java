/**
 * What other tools recorded beside the packets, in one small vocabulary: events, series, names of addresses. First types: {@link
 * phalanx.telemetry.Telemetry}, {@link phalanx.telemetry.TelemetryFile}, {@link phalanx.telemetry.Event}. Each format has a reader of its own; a file
 * is known by its content. Goes to the reports by {@code explain.CaseAccount}.
 */
@NullMarked
package phalanx.telemetry;

import org.jspecify.annotations.NullMarked;
