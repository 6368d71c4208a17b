package phalanx.lab.service;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import phalanx.lab.http.Request;

/** The bank, which belongs to somebody else: it takes its time, and that is all that is known of it. */
final class BankService implements Business {
    private static final int ACCOUNTS = 2000, SHORTEST_MILLIS = 95, SPREAD_MILLIS = 40;

    static final Database.Schema SCHEMA = new Database.Schema(
            List.of(
                    "create table account(customer int, credit int)",
                    "insert into account select x, 10000 from system_range(0, " + (ACCOUNTS - 1) + ")"),
            new Database.Index("account_by_customer", "account(customer)"));

    private final Tools tools;

    BankService(Tools tools) {
        this.tools = tools;
    }

    @Override
    public int workers() {
        return 24;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("POST", "/authorise", this::authorise));
    }

    private Answer authorise(Request request) throws SQLException {
        int customer = Business.number(request.body(), "customer");
        long credit;
        try (Database.Session session = tools.database().open()) {
            credit = session.number("account", "select credit from account where customer = ?", customer % ACCOUNTS);
            session.commit();
        }
        try {
            Thread.sleep(SHORTEST_MILLIS + ThreadLocalRandom.current().nextInt(SPREAD_MILLIS)); // the card scheme
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new Answer(200, "{\"authorised\":" + (credit > 0) + "}");
    }
}
