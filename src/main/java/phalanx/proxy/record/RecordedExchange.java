package phalanx.proxy.record;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;

/**
 * An exchange with its heads and the beginning of its bodies, as they were on the client's connection. Any thread; nothing changes.
 *
 * @param summary what is noted of every request
 * @param listen the address it came to
 * @param response null where there was no answer
 */
public record RecordedExchange(
        RequestRecord summary,
        InetSocketAddress listen,
        RequestHead request,
        RecordedBody requestBody,
        @Nullable ResponseHead response,
        RecordedBody responseBody) {

    /** Octets it takes, about. */
    long size() {
        long fields = request.fields().toString().length();
        return 1024 + fields + requestBody.octets().length + responseBody.octets().length;
    }
}
