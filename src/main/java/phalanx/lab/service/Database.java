package phalanx.lab.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service's database, in this process's memory, behind a pool of connections. Any thread. */
final class Database implements AutoCloseable {
    private static final String URL = "jdbc:h2:mem:service;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    private static final int LONGEST_STATEMENT_SECONDS = 5;
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> COLLECTION = AttributeKey.stringKey("db.collection.name");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");

    private final Schema schema;
    private final HikariDataSource pool;
    private final Supplier<ServiceTelemetry> telemetry;

    /**
     * What is in it.
     *
     * @param statements that make and fill the tables
     * @param index without which its largest table is read from end to end, again and again
     */
    record Schema(List<String> statements, Index index) {}

    /** @param on table and column: {@code tariff(code)} */
    record Index(String name, String on) {}

    Database(Schema schema, Supplier<ServiceTelemetry> telemetry) throws SQLException {
        this.schema = schema;
        this.telemetry = telemetry;
        outOfBand(schema.statements());
        makeIndex();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        config.setPoolName("service");
        config.setAutoCommit(false);
        config.setMaximumPoolSize(1);
        this.pool = new HikariDataSource(config);
    }

    /** Statements on a connection beside the pool. */
    private static void outOfBand(List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Has so many connections from now on, and requests wait so long for one. */
    void resize(int size, int waitMillis) {
        boolean shrinks = size < pool.getMaximumPoolSize();
        pool.setConnectionTimeout(waitMillis);
        pool.setMinimumIdle(Math.min(size, pool.getMaximumPoolSize()));
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(size);
        if (shrinks) {
            pool.getHikariPoolMXBean().softEvictConnections(); // those beyond it are not used again
        }
    }

    int poolSize() {
        return pool.getMaximumPoolSize();
    }

    int used() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    int idle() {
        return pool.getHikariPoolMXBean().getIdleConnections();
    }

    /** Requests that wait for a connection. */
    int waiting() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    void dropIndex() throws SQLException {
        outOfBand(List.of("drop index if exists " + schema.index().name()));
    }

    void makeIndex() throws SQLException {
        outOfBand(List.of("create index if not exists " + schema.index().name() + " on "
                + schema.index().on()));
    }

    /** A connection that its caller may keep; null when there was none. */
    @Nullable
    Connection takenBySomebody() {
        try {
            return pool.getConnection();
        } catch (SQLException _) {
            return null;
        }
    }

    /** Takes a connection; its wait is measured. */
    Session open() throws SQLException {
        long from = System.nanoTime();
        try {
            return new Session(pool.getConnection());
        } finally {
            telemetry.get().waited(System.nanoTime() - from);
        }
    }

    /** A transaction on a connection, rolled back when it is closed without {@link #commit}. One thread. */
    final class Session implements AutoCloseable {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        /** The first column of the first row; 0 when there is none. */
        long number(String collection, String sql, Object... values) throws SQLException {
            return run("SELECT", collection, sql, values, statement -> {
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            });
        }

        /** The rows changed. */
        long change(String operation, String collection, String sql, Object... values) throws SQLException {
            return run(operation, collection, sql, values, statement -> (long) statement.executeUpdate());
        }

        private long run(String operation, String collection, String sql, Object[] values, Work work)
                throws SQLException {
            Span span = telemetry
                    .get()
                    .tracer()
                    .spanBuilder(operation + " " + collection)
                    .setSpanKind(SpanKind.CLIENT)
                    .setAllAttributes(Attributes.of(
                            SYSTEM, "h2database", OPERATION, operation, COLLECTION, collection, QUERY, sql))
                    .startSpan();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout(LONGEST_STATEMENT_SECONDS);
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return work.on(statement);
            } catch (SQLException e) {
                span.recordException(e)
                        .setStatus(StatusCode.ERROR)
                        .setAttribute("error.type", ServiceTelemetry.type(e));
                throw e;
            } finally {
                span.end();
            }
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close(); // the pool rolls back
        }
    }

    private interface Work {
        long on(PreparedStatement statement) throws SQLException;
    }

    @Override
    public void close() {
        pool.close();
    }
}
