/**
 * Spans of requests for OpenTelemetry collectors.
 *
 * <p>Reading order: {@link phalanx.proxy.trace.TraceSettings}, {@link phalanx.proxy.trace.SpanExporter}.
 */
@NullMarked
package phalanx.proxy.trace;

import org.jspecify.annotations.NullMarked;
