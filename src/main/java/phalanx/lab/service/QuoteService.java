package phalanx.lab.service;

import java.sql.SQLException;
import java.util.List;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.http.Request;

/** Prices: the tariff of each part of a cover for a region and a class of vehicles, and the terms that the policy service knows. */
final class QuoteService implements Business {
    private static final int PARTS = 100, ROWS = 25_000, CODES = ROWS;

    static final Database.Schema SCHEMA = new Database.Schema(
            List.of(
                    "create table part(id int primary key, base int)",
                    "insert into part select x, 100 + mod(x * 37, 90) from system_range(1, " + PARTS + ")",
                    "create table tariff(code int, factor int, floor int)",
                    "insert into tariff select mod(x * 7919, " + CODES + "), 50 + mod(x * 31, 100), null"
                            + " from system_range(1, " + ROWS + ")"),
            new Database.Index("tariff_by_code", "tariff(code)"));

    private static final String PREMIUM = "select sum(p.base * (select max(t.factor) from tariff t"
            + " where t.code = mod(p.id * 37 + ?, " + CODES + "))) / 100 from part p";
    private static final String FLOOR = "select nvl2(max(floor), 1, 0) from tariff where code = ?";

    private final Tools tools;

    QuoteService(Tools tools) {
        this.tools = tools;
    }

    @Override
    public int workers() {
        return 3;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("POST", "/quote", this::quote));
    }

    private Answer quote(Request request) throws SQLException, HttpCaller.Unanswered, OutgoingCalls.Refused {
        int region = Business.number(request.body(), "region");
        int product = Business.number(request.body(), "product");
        long premium;
        try (Database.Session session = tools.database().open()) {
            premium = session.number("tariff", PREMIUM, region);
            if (tools.settings().get().on("floor-premiums") && session.number("tariff", FLOOR, region % CODES) == 0) {
                throw new IllegalStateException("The tariff has no floor for region " + region + ".");
            }
            session.commit();
        }
        String terms = tools.calls()
                .call("policy", tools.settings().get().call("policy").orElseThrow(), "GET", "/terms/" + product, "");
        return new Answer(200, "{\"premium\":" + premium + ",\"terms\":" + terms + "}");
    }
}
