/**
 * Where an upstream's servers come from besides its {@code server} lines: DNS, a file, etcd.
 *
 * <p>Reading order: {@link phalanx.proxy.discover.DiscoverySettings}, {@link phalanx.proxy.discover.Discovery} and its kinds.
 */
@NullMarked
package phalanx.proxy.discover;

import org.jspecify.annotations.NullMarked;
