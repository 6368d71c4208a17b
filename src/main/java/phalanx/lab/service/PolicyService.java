package phalanx.lab.service;

import java.sql.SQLException;
import java.util.List;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.http.Request;

/** Policies: their terms, and new ones, which are paid before they are in force. */
final class PolicyService implements Business {
    private static final int CLAUSES = 20, ROWS = 25_000, CUSTOMERS = ROWS;

    static final Database.Schema SCHEMA = new Database.Schema(
            List.of(
                    "create table clause(id int primary key, product int)",
                    "insert into clause select x, mod(x, 5) from system_range(1, " + CLAUSES * 5 + ")",
                    "create table policy(id identity primary key, customer int, product int, premium int, state int)",
                    "insert into policy(customer, product, premium, state) select mod(x * 7919, " + CUSTOMERS
                            + "), mod(x, 5), 300, 1 from system_range(1, " + ROWS + ")"),
            new Database.Index("policy_by_customer", "policy(customer)"));

    private static final String TERMS = "select count(*) from clause where product = ?";
    /** The policies of a household: its customers have numbers in a row. */
    private static final String HOUSEHOLD = "select sum((select count(*) from policy p where p.customer = mod(? + x, "
            + CUSTOMERS + "))) from system_range(1, 100)";

    private final Tools tools;

    PolicyService(Tools tools) {
        this.tools = tools;
    }

    @Override
    public int workers() {
        return 3;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/terms/{product}", this::terms), new Route("POST", "/policy", this::policy));
    }

    private Answer terms(Request request) throws SQLException {
        int product = Integer.parseInt(
                request.path(), "/terms/".length(), request.path().length(), 10);
        try (Database.Session session = tools.database().open()) {
            long clauses = session.number("clause", TERMS, product % 5);
            session.commit();
            return new Answer(200, "{\"product\":" + product + ",\"clauses\":" + clauses + "}");
        }
    }

    /** The transaction stays open while the payment is made: either both are there, or none. */
    private Answer policy(Request request) throws SQLException, HttpCaller.Unanswered, OutgoingCalls.Refused {
        int customer = Business.number(request.body(), "customer");
        int premium = Business.number(request.body(), "premium");
        try (Database.Session session = tools.database().open()) {
            long policies = session.number("policy", HOUSEHOLD, customer);
            if (tools.settings().get().on("household-limit") && policies > 0) {
                throw new IllegalStateException("The household of customer " + customer + " has no limit.");
            }
            session.change(
                    "INSERT",
                    "policy",
                    "insert into policy(customer, product, premium, state) values (?, ?, ?, 1)",
                    customer % CUSTOMERS,
                    Business.number(request.body(), "product"),
                    premium);
            String paid = tools.calls()
                    .call(
                            "payment",
                            tools.settings().get().call("payment").orElseThrow(),
                            "POST",
                            "/payment",
                            "{\"customer\":" + customer + ",\"amount\":" + premium + "}");
            session.commit();
            return new Answer(201, "{\"payment\":" + paid + "}");
        }
    }
}
