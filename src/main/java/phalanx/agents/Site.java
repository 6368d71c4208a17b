package phalanx.agents;

import java.nio.file.Path;
import java.util.List;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Objective;
import phalanx.casefile.Case;
import phalanx.proxy.admin.AdminControl;

/**
 * What agents work on.
 *
 * @param proxy that users and services go through
 * @param repository bare, that configuration is deployed from
 * @param proxyFile the proxy's configuration in it
 * @param objectives what users were promised
 * @param policy what the agents may do
 * @param environment which part of the policy holds
 * @param kept where steps and memory are kept
 */
public record Site(
        AdminControl proxy,
        Path repository,
        String proxyFile,
        Inventory inventory,
        List<Objective> objectives,
        TrustPolicy policy,
        String environment,
        Case kept) {
    public Site {
        objectives = List.copyOf(objectives);
    }

    /** The part of the policy that holds. */
    EnvironmentPolicy rules() {
        return policy.environment(environment);
    }
}
