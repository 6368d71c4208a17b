package phalanx.agents.trail;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The agents, each with one job. None but the Fixer changes anything, and none votes on what it proposed itself.
 *
 * <table>
 * <caption>What each does</caption>
 * <tr><th>role</th><th>begins when</th><th>may</th><th>gives</th></tr>
 * <tr><td>Scout</td><td>each second</td><td>read telemetry, the proxy's figures, findings in packets</td><td>signals: what left its objective, where, since when</td></tr>
 * <tr><td>CAG</td><td>a signal that looks like a known incident</td><td>read the memory</td><td>the remedy that healed it then, at once</td></tr>
 * <tr><td>Brain</td><td>a signal that memory has no answer to, or whose answer failed</td><td>read everything</td><td>hypotheses with confidence and evidence, a proposal</td></tr>
 * <tr><td>Guardrail</td><td>a proposal</td><td>refuse</td><td>a veto with the rule, or a yes</td></tr>
 * <tr><td>Fixer</td><td>an approved proposal</td><td>carry out a remedy of the closed list, and take it back</td><td>what was done</td></tr>
 * <tr><td>Curator</td><td>the end of an incident</td><td>write the memory</td><td>the post-mortem</td></tr>
 * <tr><td>Jules</td><td>a time of day</td><td>read the memory and the configuration</td><td>proposals that harden, as merge requests</td></tr>
 * <tr><td>Human</td><td>low confidence, high risk, three failed attempts, or whenever they like</td><td>everything</td><td>the last word</td></tr>
 * </table>
 */
public enum Role {
    SCOUT,
    CAG,
    BRAIN,
    GUARDRAIL,
    FIXER,
    CURATOR,
    JULES,
    HUMAN;

    /** As it is written in files and logs: {@code brain}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Roles by their words. */
    public static Map<String, Role> byWord() {
        Map<String, Role> all = new TreeMap<>();
        for (Role role : values()) {
            all.put(role.word(), role);
        }
        return all;
    }
}
