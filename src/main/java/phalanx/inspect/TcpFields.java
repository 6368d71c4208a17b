package phalanx.inspect;

import phalanx.decode.Bytes;
import phalanx.decode.FrameView;
import phalanx.decode.TcpView;
import phalanx.decode.filter.FieldValues;
import phalanx.net.TcpFlags;

/** The fields of the TCP header in hand, relative numbers by what its stream began with. Any thread. */
final class TcpFields {
    private TcpFields() {}

    static void values(String name, FrameView view, TcpStreams streams, FieldValues into) {
        TcpView tcp = view.tcp();
        int control = tcp.flags();
        switch (name) {
            case "tcp.len" -> into.add(Math.max(0, view.payloadLength()));
            case "tcp.seq_raw" -> into.add(Integer.toUnsignedLong(tcp.sequence()));
            case "tcp.ack_raw" -> into.add(Integer.toUnsignedLong(tcp.acknowledgment()));
            case "tcp.hdr_len" -> into.add(tcp.headerLength());
            case "tcp.flags" -> into.add(Bytes.u16(view.bytes(), view.transport() + 12) & 0xFFF);
            case "tcp.flags.fin" -> into.add((control & TcpFlags.FIN) != 0);
            case "tcp.flags.syn" -> into.add((control & TcpFlags.SYN) != 0);
            case "tcp.flags.reset" -> into.add((control & TcpFlags.RST) != 0);
            case "tcp.flags.push" -> into.add((control & TcpFlags.PSH) != 0);
            case "tcp.flags.ack" -> into.add((control & TcpFlags.ACK) != 0);
            case "tcp.flags.urg" -> into.add((control & TcpFlags.URG) != 0);
            case "tcp.flags.ece" -> into.add((control & TcpFlags.ECE) != 0);
            case "tcp.flags.cwr" -> into.add((control & TcpFlags.CWR) != 0);
            case "tcp.window_size_value" -> into.add(tcp.window());
            case "tcp.checksum" -> into.add(tcp.checksum());
            case "tcp.urgent_pointer" -> into.add(Bytes.u16(view.bytes(), view.transport() + 18));
            case "tcp.options.mss_val" -> known(tcp.maximumSegmentSize(), into);
            case "tcp.options.wscale.shift" -> known(tcp.windowScale(), into);
            case "tcp.options.sack_perm" -> known(tcp.sackPermitted() ? 1 : -1, into);
            case "tcp.options.timestamp.tsval" -> {
                if (tcp.hasTimestamps()) {
                    into.add(Integer.toUnsignedLong(tcp.timestampValue()));
                }
            }
            case "tcp.options.timestamp.tsecr" -> {
                if (tcp.hasTimestamps()) {
                    into.add(Integer.toUnsignedLong(tcp.timestampEcho()));
                }
            }
            case "tcp.payload" -> {
                if (view.payloadLength() > 0 && view.payload() < view.end()) {
                    into.add(view.bytes(), view.payload(), view.end());
                }
            }
            default -> {
                TcpStream stream = streams.stream();
                if (stream != null) {
                    relative(name, view, stream, streams, into);
                }
            }
        }
    }

    private static void known(int value, FieldValues into) {
        if (value >= 0) {
            into.add(value);
        }
    }

    private static void relative(String name, FrameView view, TcpStream stream, TcpStreams streams, FieldValues into) {
        TcpView tcp = view.tcp();
        StreamSide sender = stream.side(streams.fromA());
        StreamSide receiver = stream.side(!streams.fromA());
        int control = tcp.flags();
        long sequence = Integer.toUnsignedLong(tcp.sequence() - sender.base);
        switch (name) {
            case "tcp.stream" -> into.add(stream.number());
            case "tcp.seq" -> into.add(sequence);
            case "tcp.nxtseq" -> {
                int counted = (control & (TcpFlags.SYN | TcpFlags.FIN)) != 0 ? 1 : 0;
                into.add(sequence + Math.max(0, view.payloadLength()) + counted & 0xFFFF_FFFFL);
            }
            case "tcp.ack" -> into.add((control & TcpFlags.ACK) == 0 ? 0 : relative(tcp.acknowledgment(), receiver));
            case "tcp.options.sack_le", "tcp.options.sack_re" -> {
                for (int i = 0; i < tcp.sackBlocks(); i++) {
                    into.add(relative(name.endsWith("le") ? tcp.sackLeft(i) : tcp.sackRight(i), receiver));
                }
            }
            case "tcp.window_size" -> {
                boolean refused = receiver.syn() > 0 && receiver.windowScale() < 0;
                boolean scaled = (control & TcpFlags.SYN) == 0 && sender.windowScale() > 0 && !refused;
                into.add((long) tcp.window() << (scaled ? Math.min(14, sender.windowScale()) : 0));
            }
            case "tcp.time_relative" -> into.add(stream.lastNanos() - stream.firstNanos());
            case "tcp.time_delta" -> into.add(streams.sincePrevious());
            default -> {}
        }
    }

    private static long relative(int number, StreamSide sender) {
        return Integer.toUnsignedLong(number - sender.base);
    }
}
