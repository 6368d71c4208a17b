package phalanx.agents.govern;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phalanx.agents.trail.Role;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;

/**
 * The rules that the agents are governed by, as {@code trust_policy.json} writes them ({@code resources/schema/trust-policy.json} says
 * what may stand there). Immutable, any thread.
 *
 * @param enabled whether the agents do more than watch and report
 * @param quorum voters that must have answered
 * @param veto whose no ends a proposal, whatever the others say
 * @param trust where each voter's trust begins and how far it may go
 * @param learning how trust follows outcomes
 * @param environments what they may do, by the names of environments
 * @param review when Jules looks through everything
 */
public record TrustPolicy(
        boolean enabled,
        int quorum,
        Set<Role> veto,
        Map<Role, Bounds> trust,
        Learning learning,
        Map<String, EnvironmentPolicy> environments,
        ReviewPlan review) {
    private static final String SCHEMA = "phalanx.trust-policy/1";
    private static final Set<Role> VOTERS =
            EnumSet.of(Role.SCOUT, Role.CAG, Role.BRAIN, Role.GUARDRAIL, Role.CURATOR, Role.HUMAN);

    /** A voter's trust. @param start before anything is known of it; all from 0 to 1 */
    public record Bounds(double start, double least, double most) {
        static final Bounds STANDARD = new Bounds(0.5, 0.2, 0.9);
    }

    /** How trust follows outcomes: by these shares of the way to its bounds. */
    public record Learning(double gain, double loss) {}

    public TrustPolicy {
        veto = Set.copyOf(veto);
        trust = Map.copyOf(trust);
        environments = Map.copyOf(environments);
    }

    /** What holds in an environment; where the policy does not name it, nothing may be done there. */
    public EnvironmentPolicy environment(String name) {
        return environments.getOrDefault(name, EnvironmentPolicy.NOTHING);
    }

    /** A voter's bounds. */
    public Bounds of(Role voter) {
        return trust.getOrDefault(voter, Bounds.STANDARD);
    }

    /** Reads a file, and all its faults at once. */
    public static JsonSection.Read<TrustPolicy> read(Path file) {
        return JsonSection.read(JsonText.read(file), SCHEMA, TrustPolicy::policy);
    }

    /** Reads a text. @param name of the file, for positions */
    public static JsonSection.Read<TrustPolicy> parse(String name, String text) {
        return JsonSection.read(JsonText.parse(name, text), SCHEMA, TrustPolicy::policy);
    }

    private static TrustPolicy policy(JsonSection section) {
        Map<Role, Bounds> trust = new EnumMap<>(Role.class);
        section.section("trust").ifPresent(all -> {
            for (Role role : VOTERS) {
                all.section(role.word()).ifPresent(one -> trust.put(role, bounds(one)));
            }
            all.finish();
        });
        Learning learning = section.section("learning")
                .map(inner -> {
                    Learning read = new Learning(inner.number("gain", 0.1, 0, 0.5), inner.number("loss", 0.25, 0, 0.5));
                    inner.finish();
                    return read;
                })
                .orElse(new Learning(0.1, 0.25));
        TrustPolicy policy = new TrustPolicy(
                section.flag("enabled", true),
                section.whole("quorum", 3, 1, VOTERS.size()),
                Set.copyOf(section.choices("veto", Role.byWord(), List.of(Role.GUARDRAIL, Role.HUMAN))),
                trust,
                learning,
                section.named("environments", EnvironmentPolicy::of),
                section.section("review").map(ReviewPlan::of).orElse(ReviewPlan.STANDARD));
        if (policy.environments.isEmpty()) {
            section.refuse(
                    section.at("environments"), "No environment is named.", "Write \"environments\": {\"lab\": {}}.");
        }
        if (!policy.veto.contains(Role.GUARDRAIL)) {
            section.refuse(
                    section.at("veto"),
                    "The Guardrail has no veto here.",
                    "Its no always counts: put \"guardrail\" into the list.");
        }
        return policy;
    }

    private static Bounds bounds(JsonSection section) {
        Bounds read = new Bounds(
                section.number("start", Bounds.STANDARD.start(), 0, 1),
                section.number("least", Bounds.STANDARD.least(), 0, 1),
                section.number("most", Bounds.STANDARD.most(), 0, 1));
        if (read.least > read.start || read.start > read.most) {
            section.refuse(
                    section.at(), "The trust does not begin between its bounds.", "Write least <= start <= most.");
        }
        section.finish();
        return read;
    }
}
