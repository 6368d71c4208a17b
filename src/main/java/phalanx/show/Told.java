package phalanx.show;

import phalanx.run.Problem;

/** What work below the desk says in English, told in the user's language. Whatever the desk shows of it passes here. Any thread. */
public final class Told {
    private Told() {}

    /** A problem with its sentences in the user's language; one told in it already stays as it is. */
    public static Problem problem(Problem problem) {
        return new Problem(
                problem.code(), said(problem.what()), said(problem.remedy()), problem.offset(), problem.frame());
    }

    /** A step of work: {@code Reading client.pcap}. */
    public static String step(String what) {
        return said(what);
    }

    /** What somebody is asked for: {@code the password of admin@web1}. */
    public static String wish(String what) {
        return said(what);
    }

    private static String said(String english) {
        return Words.language().notice(english);
    }
}
