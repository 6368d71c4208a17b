package phalanx.diagnose;

import java.util.List;

/**
 * One question that the captures can answer. Stateless; any thread. A rule names the cause of trouble, or a fact that explains
 * other things; what merely follows from a cause is no finding of its own.
 */
public interface Rule {
    /** Stable name: {@code loss}, {@code nat}. */
    String id();

    /** The kinds of finding it can make, by the field words of the document. */
    List<String> kinds();

    /** What the captures must offer; the rule is not asked without it. */
    Needs needs();

    /** Never throws for what a packet holds. */
    Verdict judge(Investigation investigation);

    /** What a rule cannot do without. */
    enum Needs {
        /** Any capture with a packet. */
        PACKETS,
        /** Two capture points on one path. */
        TWO_POINTS,
        /** Two capture points on one path with traffic both ways, so that clocks and delays can be told. */
        ROUND_TRIPS
    }
}
