package phalanx.redact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phalanx.decode.Bytes;

/**
 * DNS messages (RFC 1035 section 4): header, types, classes and times to live stay; names, addresses and what else records say are
 * replaced. A message that does not add up is not touched. One thread; no call allocates, but for examples.
 */
final class DnsMessage {
    static final int PORT = 53;

    private static final int HEADER = 12, MOST_RECORDS = 512;
    private static final int A = 1,
            NS = 2,
            CNAME = 5,
            SOA = 6,
            PTR = 12,
            MX = 15,
            AAAA = 28,
            SRV = 33,
            DNAME = 39,
            OPTIONS = 41;

    /** A year; longer ones are no times to live. */
    private static final int MOST_SECONDS = 366 * 86_400;

    private final AddressMap addresses;
    private final StandIns standIns;
    private final Tally tally;
    private byte[] bytes = {};
    private int end;
    private boolean rewriting;

    DnsMessage(AddressMap addresses, StandIns standIns, Tally tally) {
        this.addresses = addresses;
        this.standIns = standIns;
        this.tally = tally;
    }

    /**
     * @param whole whether the capture holds all of the message
     * @return whether it was understood and replaced; else nothing has changed
     */
    boolean replace(byte[] bytes, int start, int end, boolean whole) {
        this.bytes = bytes;
        this.end = end;
        if (end - start < HEADER) {
            return false;
        }
        int operation = Bytes.u8(bytes, start + 2) >>> 3 & 0xF;
        int questions = Bytes.u16(bytes, start + 4);
        int records = Bytes.u16(bytes, start + 6) + Bytes.u16(bytes, start + 8) + Bytes.u16(bytes, start + 10);
        if (operation > 6 || questions > 1 || questions + records == 0 || records > MOST_RECORDS) {
            return false;
        }
        rewriting = false;
        int reached = walk(start + HEADER, questions, records);
        boolean ended = reached == end || !whole && reached == CUT;
        if (!ended) {
            return false;
        }
        rewriting = true;
        walk(start + HEADER, questions, records);
        return true;
    }

    private static final int CUT = -1, WRONG = -2;

    /** @return where it ends, or how it failed */
    private int walk(int start, int questions, int records) {
        int at = start;
        for (int i = 0; i < questions && at >= 0; i++) {
            at = name(at, end);
            at = at < 0 ? at : at + 4 > end ? blank(at, end, CUT) : isClass(at + 2) ? at + 4 : WRONG;
        }
        for (int i = 0; i < records && at >= 0; i++) {
            at = record(at);
        }
        return at;
    }

    private int record(int start) {
        int at = name(start, end);
        if (at < 0) {
            return at;
        }
        if (at + 10 > end) {
            return blank(at, end, CUT);
        }
        int type = Bytes.u16(bytes, at);
        if (type == OPTIONS) {
            blank(at + 4, at + 6, at);
        } else if (!isClass(at + 2) || Bytes.i32(bytes, at + 4) < 0 || Bytes.i32(bytes, at + 4) > MOST_SECONDS) {
            return WRONG;
        }
        int length = Bytes.u16(bytes, at + 8);
        int data = at + 10;
        int behind = data + length;
        if (behind > end) {
            return blank(data, end, CUT);
        }
        int done = switch (type) {
            case A -> address(data, length, 4);
            case AAAA -> address(data, length, 16);
            case NS, CNAME, PTR, DNAME -> name(data, behind);
            case MX -> length < 2 ? WRONG : name(data + 2, behind);
            case SRV -> length < 6 ? WRONG : name(data + 6, behind);
            case SOA -> authority(data, behind);
            default -> data;
        };
        return done < 0 ? WRONG : blank(done, behind, behind);
    }

    /** Internet, chaos, Hesiod, none, any; of multicast DNS with a mark in front (RFC 6762 section 10.2). */
    private boolean isClass(int at) {
        int number = Bytes.u16(bytes, at) & 0x7FFF;
        return number == 1 || number == 3 || number == 4 || number == 254 || number == 255;
    }

    private int address(int at, int length, int expected) {
        if (length != expected) {
            return WRONG;
        }
        if (rewriting && expected == 4) {
            addresses.replace4(bytes, at);
        } else if (rewriting) {
            addresses.replace6(bytes, at);
        }
        return at + length;
    }

    /** Two names and five numbers (RFC 1035 section 3.3.13). */
    private int authority(int at, int until) {
        int second = name(at, until);
        int numbers = second < 0 ? second : name(second, until);
        return numbers < 0 || numbers + 20 != until ? WRONG : until;
    }

    /** What stands there besides names and addresses says too much. */
    private int blank(int from, int to, int then) {
        if (rewriting && to > from) {
            Arrays.fill(bytes, from, to, (byte) 0);
        }
        return then;
    }

    /** A name up to its end or to a pointer, which leads to labels that were met before (RFC 1035 section 4.1.4). */
    private int name(int start, int until) {
        int at = start;
        StringBuilder before = rewriting && tally.wantsExample(Replaced.NAME) ? new StringBuilder() : null;
        StringBuilder after = before == null ? null : new StringBuilder();
        while (at < until) {
            int length = Bytes.u8(bytes, at);
            if (length >= 0xC0) {
                return at + 2 > until ? cut(until) : at + 2;
            }
            if (length > 63) {
                return WRONG;
            }
            int behind = at + 1 + length;
            if (length == 0) {
                if (before != null && after != null && !before.isEmpty()) {
                    tally.example(Replaced.NAME, before, after);
                }
                return behind;
            }
            int held = Math.min(behind, until);
            if (rewriting) {
                append(before, at + 1, held);
                standIns.label(bytes, at + 1, held);
                tally.add(Replaced.NAME, at == start);
                append(after, at + 1, held);
            }
            if (behind > until) {
                return cut(until);
            }
            at = behind;
        }
        return cut(until);
    }

    private int cut(int until) {
        return until == end ? CUT : WRONG;
    }

    private void append(@Nullable StringBuilder name, int from, int to) {
        if (name != null) {
            name.append(name.isEmpty() ? "" : ".").append(StandIns.text(bytes, from, to));
        }
    }
}
