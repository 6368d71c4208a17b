package phalanx.app;

import phalanx.casefile.CaseStore;
import phalanx.casefile.TeamDatabase;
import phalanx.run.Outcome;

/** Where cases are kept: in files, or in the team's database that the variable PHALANX_STORE names. */
final class Cases {
    private Cases() {}

    /** @return failed when the variable is not understood */
    static Outcome<CaseStore> store() {
        String user = System.getProperty("user.name", "");
        String team = System.getenv("PHALANX_STORE");
        return team == null || team.isBlank()
                ? Outcome.ok(new CaseStore(user, null))
                : TeamDatabase.at(team).then(database -> Outcome.ok(new CaseStore(user, database)));
    }
}
