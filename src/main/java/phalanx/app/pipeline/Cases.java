package phalanx.app.pipeline;

import java.util.Map;
import phalanx.casefile.CaseStore;
import phalanx.casefile.TeamDatabase;
import phalanx.run.Outcome;

/** Where cases are kept: in files, or in the team's database that the variable PHALANX_STORE names. */
public final class Cases {
    private Cases() {}

    /** @return failed when the variable is not understood */
    public static Outcome<CaseStore> store(Map<String, String> environment) {
        String team = environment.getOrDefault("PHALANX_STORE", "");
        return team.isBlank()
                ? Outcome.ok(inFiles())
                : TeamDatabase.at(team).then(database -> Outcome.ok(new CaseStore(user(), database)));
    }

    /** Cases of this machine, a file each. */
    public static CaseStore inFiles() {
        return new CaseStore(user(), null);
    }

    private static String user() {
        return System.getProperty("user.name", "");
    }
}
