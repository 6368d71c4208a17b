package phalanx.proxy.guard.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.rules.Automaton;
import phalanx.proxy.guard.rules.WafRule;
import phalanx.proxy.http.ClientFilter;
import phalanx.proxy.http.ClientStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;

/**
 * Reads the first octets of an answer as they pass, for what a server should keep to itself, and notes it; the answer goes out as it is.
 * Only answers of 2xx and 5xx in text that is not compressed, and no files of the proxy's own. Copies nothing. On the exchange's event
 * loop.
 */
final class LeakWatch extends ClientFilter implements ByteProcessor {
    private static final int FIRST = 16 << 10;
    private static final String[] TEXTUAL = {
        "text/", "application/json", "application/problem", "application/xml", "application/xhtml"
    };

    private final Exchange exchange;
    private final WafSettings settings;
    private final Automaton automaton;
    private int left;
    private int state;
    private @Nullable BitSet seen;

    LeakWatch(Exchange exchange, ClientStream client, WafSettings settings) {
        super(client);
        this.exchange = exchange;
        this.settings = settings;
        automaton = settings.book().leaks();
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        int kind = head.status() / 100;
        left = !end && (kind == 2 || kind == 5) && textual(head.fields()) ? FIRST : 0;
        client().head(head, end);
    }

    private static boolean textual(Fields fields) {
        int type = fields.index(FieldName.CONTENT_TYPE);
        if (type < 0 || fields.has(FieldName.CONTENT_ENCODING)) {
            return false;
        }
        for (String start : TEXTUAL) {
            if (HeadWalk.starts(fields.octets(), fields.valueStart(type), fields.valueEnd(type), start)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void data(ByteBuf data) {
        if (left > 0) {
            int length = Math.min(left, data.readableBytes());
            data.forEachByte(data.readerIndex(), length, this);
            left -= length;
        }
        client().data(data);
    }

    /** A file goes out by the kernel, without being looked at: the proxy's own files are no server's secrets. */
    @Override
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        return client().file(file, from, length, taken);
    }

    @Override
    public boolean process(byte octet) {
        state = automaton.next(state, octet);
        if (automaton.found(state)) {
            for (int literal : automaton.literals(state)) {
                found(settings.book().ruleOfLeak(literal));
            }
        }
        return true;
    }

    private void found(WafRule rule) {
        if (rule.level() > settings.paranoia() || settings.excluded().everywhere(rule.number())) {
            return;
        }
        if (seen == null) {
            seen = new BitSet();
        }
        if (!seen.get(rule.number())) {
            seen.set(rule.number());
            exchange.leaked("the answer shows " + rule.id());
        }
    }
}
