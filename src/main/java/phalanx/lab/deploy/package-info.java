/**
 * What the services are to be like, in a Git repository, and how it becomes so: whoever pushes to its main branch deploys.
 *
 * <p>Reading order: {@link phalanx.lab.deploy.ServiceSettings}, {@link phalanx.lab.deploy.LabRepository},
 * {@link phalanx.lab.deploy.Deployment}.
 */
@NullMarked
package phalanx.lab.deploy;

import org.jspecify.annotations.NullMarked;
