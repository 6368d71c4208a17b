package phalanx.lab.service;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.http.Request;
import phalanx.run.Jobs;

/** Payments: a row of the ledger and an authorisation of the bank, now, or later where that is allowed. */
final class PaymentService implements Business {
    private static final long IDLE_MILLIS = 1000, BUSY_MILLIS = 100;
    private static final int ROWS = 25_000, CUSTOMERS = ROWS;

    static final Database.Schema SCHEMA = new Database.Schema(
            List.of(
                    "create table ledger(id identity primary key, customer int, amount int)",
                    "insert into ledger(customer, amount) select mod(x * 7919, " + CUSTOMERS
                            + "), mod(x, 400) from system_range(1, " + ROWS + ")",
                    "create table outbox(id identity primary key, customer int, amount int)"),
            new Database.Index("ledger_by_customer", "ledger(customer)"));

    /** What a household paid: its customers have numbers in a row. */
    private static final String PAID = "select sum((select sum(l.amount) from ledger l where l.customer = mod(? + x, "
            + CUSTOMERS + "))) from system_range(1, 100)";

    private final Tools tools;
    /** Calls are given up for a while once half of the last ten failed (Nygard, Release It, 2007: circuit breaker). */
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "bank",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(10)
                    .minimumNumberOfCalls(5)
                    .failureRateThreshold(50)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitDurationInOpenState(Duration.ofSeconds(5))
                    .build());

    /** Rows of the outbox. */
    private final AtomicInteger later = new AtomicInteger();

    PaymentService(Tools tools) {
        this.tools = tools;
        Jobs.assistant("outbox", this::catchUp);
    }

    @Override
    public int workers() {
        return 4;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("POST", "/payment", this::pay));
    }

    private Answer pay(Request request) throws SQLException, HttpCaller.Unanswered, OutgoingCalls.Refused {
        int customer = Business.number(request.body(), "customer");
        int amount = Business.number(request.body(), "amount");
        try (Database.Session session = tools.database().open()) {
            long paid = session.number("ledger", PAID, customer);
            if (tools.settings().get().on("credit-check") && paid > 0) {
                throw new IllegalStateException("Customer " + customer + " has no credit record.");
            }
            session.change(
                    "INSERT",
                    "ledger",
                    "insert into ledger(customer, amount) values (?, ?)",
                    customer % CUSTOMERS,
                    amount);
            boolean now = authorised(customer, amount);
            if (!now) {
                session.change(
                        "INSERT", "outbox", "insert into outbox(customer, amount) values (?, ?)", customer, amount);
            }
            session.commit();
            later.addAndGet(now ? 0 : 1);
            return new Answer(now ? 201 : 202, "{\"authorised\":" + now + "}");
        }
    }

    /** False when it is to be done later. */
    private boolean authorised(int customer, int amount) throws HttpCaller.Unanswered, OutgoingCalls.Refused {
        ServiceSettings.Dependency bank = tools.settings().get().call("bank").orElseThrow();
        String body = "{\"customer\":" + customer + ",\"amount\":" + amount + "}";
        if (bank.fallback() == ServiceSettings.Fallback.NONE) {
            tools.calls().call("bank", bank, "POST", "/authorise", body);
            return true;
        }
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        long from = System.nanoTime();
        try {
            tools.calls().call("bank", bank, "POST", "/authorise", body);
            breaker.onSuccess(System.nanoTime() - from, TimeUnit.NANOSECONDS);
            return true;
        } catch (HttpCaller.Unanswered | OutgoingCalls.Refused e) {
            breaker.onError(System.nanoTime() - from, TimeUnit.NANOSECONDS, e);
            tools.warn("The bank does not answer; the authorisation is asked for later.", e);
            return false;
        }
    }

    /** Asks for what was left for later, the oldest first, until the bank does not answer again. */
    private void catchUp() {
        try {
            while (true) {
                boolean done = later.get() > 0 && oldest();
                if (done) {
                    later.decrementAndGet();
                }
                Thread.sleep(done ? BUSY_MILLIS : IDLE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether one was authorised and is done. */
    private boolean oldest() {
        try (Database.Session session = tools.database().open()) {
            long id = session.number("outbox", "select min(id) from outbox");
            long customer = session.number("outbox", "select customer from outbox where id = ?", id);
            long amount = session.number("outbox", "select amount from outbox where id = ?", id);
            if (!authorised((int) customer, (int) amount)) {
                return false;
            }
            session.change("DELETE", "outbox", "delete from outbox where id = ?", id);
            session.commit();
            return true;
        } catch (SQLException | HttpCaller.Unanswered | OutgoingCalls.Refused e) {
            tools.warn("The outbox waits.", e);
            return false;
        }
    }
}
