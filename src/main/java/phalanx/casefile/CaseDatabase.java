package phalanx.casefile;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Where the records of one case lie. One thread at a time. */
interface CaseDatabase {
    /** The case can only be read. */
    String READ_ONLY = "PHX-6005";

    /**
     * A way in.
     *
     * @param readOnly why nothing can be written, empty when it can
     * @param passing whether that may be over the next time it is opened
     * @param unusable numbers of entries of the audit trail that were passed over
     */
    record Opened(Sql sql, Optional<Problem> readOnly, boolean passing, List<Long> unusable) {}

    /** Opens it, with tables up to date. Waits for the disk or the network. */
    Outcome<Opened> open();

    /**
     * Ends a transaction with entries of the audit trail: when this returns, they outlive the process and the machine.
     *
     * @return whether the connection can be used on
     * @throws IOException or SQLException when nothing was kept, or that cannot be found out
     */
    boolean keep(Sql sql, List<AuditTrail.Entry> entries) throws IOException, SQLException;

    /** A fault, told. */
    Problem problem(Exception thrown);

    /** What is not as it was written, empty when all is. Before {@link #open}, which mends some of it. @param folder of the case, to name it */
    Outcome<List<Problem>> check(Path folder);

    /** Makes the tables anew from the audit trail; what was found in the captures goes. @return one sentence on what was saved */
    Outcome<String> rebuild();

    /** Gives a connection up. */
    void end(Sql sql);

    /** Lets others have the case. */
    void close();
}
