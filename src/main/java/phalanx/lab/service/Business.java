package phalanx.lab.service;

import io.opentelemetry.api.logs.Severity;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.http.Request;

/** What one kind of service does. Any thread. */
interface Business {
    /** What its requests are answered by. */
    List<Route> routes();

    /** Requests worked on at once. */
    int workers();

    /** @param path a whole path, or with {@code {...}} at its end what begins so */
    record Route(String method, String path, Work work) {
        boolean takes(Request request) {
            int variable = path.indexOf('{');
            return method.equals(request.method())
                    && (variable < 0
                            ? request.path().equals(path)
                            : request.path().startsWith(path.substring(0, variable)));
        }
    }

    /** Answers a request on a worker. */
    interface Work {
        Answer answer(Request request) throws SQLException, HttpCaller.Unanswered, OutgoingCalls.Refused;
    }

    /** @param json the answer's body */
    record Answer(int status, String json) {}

    /** What a business works with. */
    record Tools(
            Database database,
            Supplier<ServiceSettings> settings,
            OutgoingCalls calls,
            Supplier<ServiceTelemetry> telemetry) {
        void warn(String says, @Nullable Throwable failure) {
            telemetry.get().log(Severity.WARN, says, failure);
        }
    }

    /** A whole number of a flat JSON object; 0 where there is none. */
    static int number(String json, String name) {
        int at = json.indexOf("\"" + name + "\":");
        int from = at + name.length() + 3;
        int to = from;
        while (at >= 0 && to < json.length() && Character.isDigit(json.charAt(to))) {
            to++;
        }
        return at < 0 || to == from || to - from > 9 ? 0 : Integer.parseInt(json, from, to, 10);
    }
}
