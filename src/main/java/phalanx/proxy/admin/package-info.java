/**
 * The admin API and the counters.
 *
 * <p>Reading order: {@link phalanx.proxy.admin.AdminApi}, {@link phalanx.proxy.admin.AdminControl},
 * {@link phalanx.proxy.admin.ProxyMetrics}.
 */
@NullMarked
package phalanx.proxy.admin;

import org.jspecify.annotations.NullMarked;
