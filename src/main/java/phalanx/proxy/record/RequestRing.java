package phalanx.proxy.record;

import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.ExchangeTimes;
import phalanx.proxy.http.Failure;

/**
 * The last requests of one event loop in arrays that are overwritten in place. One writer; readers check by the slot's number that it was
 * not overwritten while they read.
 */
final class RequestRing {
    private static final int NUMBERS = 11;
    private static final int ADDRESSES = 5;
    private static final int ADDRESS_OCTETS = 18; // 16 of the address, 2 of the port
    private static final int TEXT = 820;
    /** Octets kept of each text, the rest is cut: id, method, host, target, protocol, upstream, reason, faults, guard. */
    private static final int[] LONGEST = {64, 32, 96, 300, 9, 40, 47, 52, 540};

    private final int size;
    private final AtomicLongArray written;
    private final long[] numbers;
    private final byte[] addresses;
    private final byte[] addressLengths;
    private final byte[] text;
    private final short[] textLengths;
    private final @Nullable Failure[] failures;
    private volatile long count;

    RequestRing(int size) {
        this.size = size;
        written = new AtomicLongArray(size);
        numbers = new long[size * NUMBERS];
        addresses = new byte[size * ADDRESSES * ADDRESS_OCTETS];
        addressLengths = new byte[size * ADDRESSES];
        text = new byte[size * TEXT];
        textLengths = new short[size * LONGEST.length];
        failures = new Failure[size];
    }

    long count() {
        return count;
    }

    void add(Exchange exchange) {
        long number = count + 1;
        int slot = (int) (number % size);
        written.set(slot, 0);
        ExchangeTimes times = exchange.times();
        int at = slot * NUMBERS;
        numbers[at] = times.startMillis;
        numbers[at + 1] = exchange.status();
        numbers[at + 2] = exchange.requestBytes();
        numbers[at + 3] = exchange.responseBytes();
        numbers[at + 4] = exchange.asked().attempts();
        numbers[at + 5] = RequestRecord.span(times.chosen, times.connected);
        numbers[at + 6] = RequestRecord.span(times.connected, times.responseHead);
        numbers[at + 7] = RequestRecord.span(times.start, times.end);
        numbers[at + 8] = times.end;
        numbers[at + 9] = exchange.connection().number();
        numbers[at + 10] = RequestRecord.span(times.start, times.chosen);
        address(slot, 0, exchange.connection().peer());
        address(slot, 1, exchange.connection().local());
        address(slot, 2, exchange.asked().local());
        address(slot, 3, exchange.asked().peer());
        address(slot, 4, exchange.clientAddress());
        int to = slot * TEXT;
        to = text(slot, 0, to, exchange.id());
        to = text(slot, 1, to, exchange.request().method());
        to = text(slot, 2, to, exchange.request().authority());
        to = text(slot, 3, to, exchange.request().target());
        to = text(slot, 4, to, exchange.request().protocol());
        to = text(slot, 5, to, exchange.asked().upstream());
        to = text(slot, 6, to, exchange.asked().why());
        to = text(slot, 7, to, exchange.injected());
        text(slot, 8, to, exchange.guard());
        failures[slot] = exchange.failure();
        written.setRelease(slot, number);
        count = number;
    }

    private void address(int slot, int index, @Nullable InetSocketAddress address) {
        byte[] octets = address == null ? new byte[0] : address.getAddress().getAddress();
        int at = (slot * ADDRESSES + index) * ADDRESS_OCTETS;
        System.arraycopy(octets, 0, addresses, at, octets.length);
        addressLengths[slot * ADDRESSES + index] = (byte) octets.length;
        if (address != null) {
            addresses[at + 16] = (byte) (address.getPort() >>> 8);
            addresses[at + 17] = (byte) address.getPort();
        }
    }

    private int text(int slot, int index, int to, String value) {
        int length = Math.min(value.length(), LONGEST[index]);
        for (int i = 0; i < length; i++) {
            text[to + i] = (byte) value.charAt(i);
        }
        textLengths[slot * LONGEST.length + index] = (short) length;
        return to + length;
    }

    /** Adds the newest ones to a list. */
    void newest(int most, List<RequestRecord> out) {
        long last = count;
        int added = 0;
        for (long number = last; number > 0 && number > last - size && added < most; number--) {
            RequestRecord record = read(number);
            if (record != null) {
                out.add(record);
                added++;
            }
        }
    }

    private @Nullable RequestRecord read(long number) {
        int slot = (int) (number % size);
        if (written.getAcquire(slot) != number) {
            return null;
        }
        String[] texts = new String[LONGEST.length];
        int from = slot * TEXT;
        for (int i = 0; i < texts.length; i++) {
            int length = textLengths[slot * LONGEST.length + i];
            texts[i] = new String(text, from, length, StandardCharsets.ISO_8859_1);
            from += length;
        }
        int at = slot * NUMBERS;
        RequestRecord record = new RequestRecord(
                texts[0],
                numbers[at],
                numbers[at + 9],
                address(slot, 0),
                address(slot, 4),
                address(slot, 1),
                address(slot, 2),
                address(slot, 3),
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                (int) numbers[at + 1],
                numbers[at + 2],
                numbers[at + 3],
                texts[5],
                texts[6],
                (int) numbers[at + 4],
                texts[7],
                texts[8],
                numbers[at + 10],
                numbers[at + 5],
                numbers[at + 6],
                numbers[at + 7],
                numbers[at + 8],
                failures[slot]);
        VarHandle.loadLoadFence(); // what was read, before the check that it was not overwritten
        return written.get(slot) == number ? record : null;
    }

    private @Nullable InetSocketAddress address(int slot, int index) {
        int length = addressLengths[slot * ADDRESSES + index];
        if (length == 0) {
            return null;
        }
        int at = (slot * ADDRESSES + index) * ADDRESS_OCTETS;
        byte[] octets = new byte[length];
        System.arraycopy(addresses, at, octets, 0, length);
        try {
            int port = (addresses[at + 16] & 0xFF) << 8 | addresses[at + 17] & 0xFF;
            return new InetSocketAddress(InetAddress.getByAddress(octets), port);
        } catch (UnknownHostException _) {
            return null; // overwritten while it was read
        }
    }
}
