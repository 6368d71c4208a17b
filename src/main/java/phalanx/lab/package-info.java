/**
 * A marketplace for insurance that really runs and is really broken: seven processes, calls between them through the proxy, telemetry,
 * a Git repository that it is deployed from, customers, and faults. Who watches it sees what anybody outside sees, and never
 * {@link phalanx.lab.chaos.Chaos}.
 *
 * <pre>
 *   customers -> proxy /quote  -> quote   -> proxy /terms   -> policy
 *                proxy /policy -> policy  -> proxy /payment -> payment -> bank
 * </pre>
 *
 * <p>Reading order: {@link phalanx.lab.Marketplace}, {@link phalanx.lab.Layout}, {@link phalanx.lab.ServiceProcess},
 * {@link phalanx.lab.deploy.Deployment}, {@link phalanx.lab.load.LoadGenerator}, {@link phalanx.lab.chaos.Chaos}.
 */
@NullMarked
package phalanx.lab;

import org.jspecify.annotations.NullMarked;
