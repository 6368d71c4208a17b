package phalanx.casefile;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The form of a case's tables: made and brought up to date by the files in {@code resources/db/migration}. Any thread. */
final class Schema {
    /** The form that this program writes: the newest migration. */
    static final int NEWEST = 3;

    /** Where Flyway keeps which migrations ran. */
    static final String HISTORY = "flyway_schema_history";

    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    static {
        ForeignTypes.guard();
        FLYWAY.setLevel(Level.SEVERE); // it tells of every start, with the database's address
    }

    private Schema() {}

    /** The form of the tables, 0 for none yet. */
    static int version(Sql sql) throws SQLException {
        Connection connection = sql.connection();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), HISTORY, new String[] {"TABLE", "BASE TABLE"})) {
            if (!tables.next()) {
                return 0;
            }
        }
        return sql.list(
                        "SELECT MAX(CAST(\"version\" AS INT)) FROM \"" + HISTORY + "\" WHERE \"success\" = TRUE",
                        row -> row.getInt(1))
                .getFirst();
    }

    /**
     * Makes the tables or brings them up to date.
     *
     * @param user null where the address has it
     * @param name of the schema, made if need be
     */
    static void migrate(String url, @Nullable String user, String name) {
        Flyway.configure()
                .dataSource(url, user, user == null ? null : "")
                .defaultSchema(name)
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Tables in memory, empty. */
    static Sql inMemory() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";TRACE_LEVEL_FILE=0";
        Sql sql = new Sql(DriverManager.getConnection(url, "SA", ""));
        try {
            migrate(url, "SA", "PUBLIC");
            return sql;
        } catch (FlywayException e) {
            sql.close();
            throw e;
        }
    }
}
