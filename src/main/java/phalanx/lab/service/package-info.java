/**
 * One instance of a service, in a process of its own: requests to a bounded number of workers, a database with a pool of connections,
 * calls to others, telemetry by OpenTelemetry. Its parent tells it by lines on its standard input what it is to be like, and it ends
 * when they end.
 *
 * <p>Reading order: {@link phalanx.lab.service.MarketplaceService}, {@link phalanx.lab.service.Business},
 * {@link phalanx.lab.service.QuoteService}, {@link phalanx.lab.service.Database}, {@link phalanx.lab.service.ServiceTelemetry}.
 */
@NullMarked
package phalanx.lab.service;

import org.jspecify.annotations.NullMarked;
