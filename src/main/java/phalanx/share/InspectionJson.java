package phalanx.share;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phalanx.capture.CaptureSummary;
import phalanx.inspect.Applications;
import phalanx.inspect.CodeCounts;
import phalanx.inspect.Durations;
import phalanx.inspect.FrameList;
import phalanx.inspect.IcmpCounts;
import phalanx.inspect.Inspection;
import phalanx.inspect.ResponseTimes;
import phalanx.inspect.RtpStream;
import phalanx.inspect.StreamSide;
import phalanx.inspect.TcpFlag;
import phalanx.inspect.TcpStream;
import phalanx.inspect.TimeShare;
import phalanx.inspect.Transaction;
import phalanx.inspect.Transactions;
import phalanx.net.Endpoint;

/**
 * The document {@code phalanx.inspect/1}, one line a capture; its schema is {@code resources/schema/phalanx.inspect-1.schema.json}. What
 * cannot be known is null.
 */
public final class InspectionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private InspectionJson() {}

    /** Writes and flushes one line. */
    public static void write(Inspection inspection, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new Document(json).write(inspection);
        }
        out.write('\n');
        out.flush();
    }

    private record Document(JsonGenerator json) {
        void write(Inspection inspection) throws IOException {
            CaptureSummary summary = inspection.summary();
            json.writeStartObject();
            json.writeStringField("schema", "phalanx.inspect/1");
            json.writeStringField("file", inspection.file().toString());
            json.writeStringField("status", inspection.status().word());
            writeWord("format", summary.format());
            writeWord("compression", summary.compression());
            json.writeNumberField("packets", summary.frames());
            json.writeNumberField("bytes", summary.bytes());
            json.writeNumberField("captured", summary.captured());
            writeTime("first", summary.frames() > 0, summary.firstNanos());
            writeTime("last", summary.frames() > 0, summary.lastNanos());
            json.writeNumberField("truncated", summary.truncated());
            if (!summary.redaction().isEmpty()) {
                json.writeStringField("redaction", summary.redaction());
            }
            writeInterfaces(summary);
            ProblemJson.write(json, inspection.problems());
            json.writeNumberField("duplicateFrames", inspection.duplicateFrames());
            json.writeNumberField("fragments4", inspection.fragments4());
            json.writeNumberField("fragments6", inspection.fragments6());
            writeCounts("tunnels", inspection.tunnels());
            json.writeArrayFieldStart("tcp");
            for (TcpStream stream : inspection.streams()) {
                writeStream(stream);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("udp");
            json.writeNumberField("streams", inspection.udp().streams());
            json.writeNumberField("packets", inspection.udp().packets());
            json.writeNumberField("bytes", inspection.udp().bytes());
            json.writeEndObject();
            json.writeObjectFieldStart("sctp");
            json.writeNumberField("packets", inspection.sctpPackets());
            json.writeEndObject();
            writeApplications(inspection.applications());
            writeTransactions(inspection.transactions());
            writeIcmp("icmp", "fragNeeded", inspection.icmp());
            writeIcmp("icmp6", "tooBig", inspection.icmp6());
            json.writeEndObject();
        }

        private void writeApplications(Applications all) throws IOException {
            json.writeObjectFieldStart("dns");
            json.writeNumberField("queries", all.dns().queries());
            json.writeNumberField("responses", all.dns().responses());
            json.writeNumberField("multicast", all.dns().multicast());
            writeCodes("rcodes", all.dns().responseCodes());
            writeTimes("times", all.dns().times());
            json.writeEndObject();
            json.writeObjectFieldStart("http");
            json.writeNumberField("requests", all.http().requests());
            json.writeNumberField("responses", all.http().responses());
            writeCodes("codes", all.http().codes());
            writeTimes("times", all.http().times());
            writeTimes("timesAcrossGaps", all.http().timesAcrossGaps());
            json.writeEndObject();
            json.writeObjectFieldStart("tls");
            json.writeNumberField("clientHellos", all.tls().clientHellos());
            json.writeNumberField("serverHellos", all.tls().serverHellos());
            json.writeNumberField("alerts", all.tls().alerts());
            writeNames("sni", all.tls().names());
            writeCounts("versions", all.tls().versions());
            writeCounts("alpn", all.tls().protocols());
            json.writeFieldName("handshake");
            writeDurations(all.tls().handshakeTimes());
            json.writeEndObject();
            json.writeObjectFieldStart("http2");
            json.writeNumberField("frames", all.http().http2Frames());
            json.writeNumberField("headers", all.http().http2Headers());
            json.writeEndObject();
            writeRtp(all.rtp().all());
            json.writeObjectFieldStart("quic");
            json.writeNumberField("initials", all.quic().initials());
            writeNames("sni", all.quic().names());
            json.writeEndObject();
        }

        /** Where the time went: of all transactions together, and of the slowest. */
        private void writeTransactions(Transactions all) throws IOException {
            json.writeObjectFieldStart("transactions");
            json.writeNumberField("count", all.count());
            json.writeObjectFieldStart("budget");
            for (TimeShare share : TimeShare.values()) {
                writeSeconds(share.key(), all.nanos(share));
            }
            json.writeEndObject();
            json.writeArrayFieldStart("slowest");
            for (Transaction one : all.slowest()) {
                json.writeStartObject();
                json.writeNumberField("stream", one.stream());
                json.writeNumberField("frame", one.frame());
                writeTime("start", true, one.startNanos());
                writeSeconds("seconds", one.nanos());
                json.writeObjectFieldStart("budget");
                long[] shares = one.shares();
                for (TimeShare share : TimeShare.values()) {
                    writeSeconds(share.key(), shares[share.ordinal()]);
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private void writeRtp(List<RtpStream> streams) throws IOException {
            json.writeArrayFieldStart("rtp");
            for (RtpStream stream : streams) {
                json.writeStartObject();
                json.writeNumberField("ssrc", stream.source());
                json.writeNumberField("payloadType", stream.payloadType());
                json.writeNumberField("firstFrame", stream.firstFrame());
                json.writeNumberField("packets", stream.packets());
                json.writeNumberField("lost", stream.lost());
                writeSeconds("jitter", stream.jitterNanos());
                writeSeconds("largestJitter", stream.largestJitterNanos());
                json.writeBooleanField("clockKnown", stream.clockKnown());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void writeNames(String name, Set<String> names) throws IOException {
            json.writeArrayFieldStart(name);
            for (String one : names) {
                json.writeString(one);
            }
            json.writeEndArray();
        }

        private void writeCodes(String name, CodeCounts codes) throws IOException {
            json.writeObjectFieldStart(name);
            for (Map.Entry<Integer, Long> code : codes.byNumber().entrySet()) {
                json.writeNumberField(String.valueOf(code.getKey()), code.getValue());
            }
            json.writeEndObject();
        }

        /** Response times: frame number and seconds. */
        private void writeTimes(String name, ResponseTimes times) throws IOException {
            json.writeArrayFieldStart(name);
            for (int i = 0; i < times.size(); i++) {
                json.writeStartArray();
                json.writeNumber(times.frame(i));
                json.writeNumber(Seconds.of(times.nanos(i)));
                json.writeEndArray();
            }
            json.writeEndArray();
        }

        private void writeWord(String name, String word) throws IOException {
            if (word.isEmpty()) {
                json.writeNullField(name);
            } else {
                json.writeStringField(name, word);
            }
        }

        private void writeTime(String name, boolean known, long nanos) throws IOException {
            if (known) {
                json.writeStringField(name, Seconds.of(nanos));
            } else {
                json.writeNullField(name);
            }
        }

        private void writeCounts(String name, Map<String, Long> counts) throws IOException {
            json.writeObjectFieldStart(name);
            for (Map.Entry<String, Long> count : counts.entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
        }

        private void writeInterfaces(CaptureSummary summary) throws IOException {
            json.writeArrayFieldStart("interfaces");
            for (CaptureSummary.Interface one : summary.interfaces()) {
                json.writeStartObject();
                json.writeNumberField("id", one.id());
                writeWord("name", one.name());
                json.writeNumberField("linkType", one.linkType());
                json.writeNumberField("packets", one.frames());
                writeKnown("drops", one.drops());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void writeKnown(String name, long value) throws IOException {
            if (value < 0) {
                json.writeNullField(name);
            } else {
                json.writeNumberField(name, value);
            }
        }

        private void writeStream(TcpStream stream) throws IOException {
            StreamSide a = stream.fromA();
            StreamSide b = stream.fromB();
            json.writeStartObject();
            json.writeNumberField("stream", stream.number());
            writeEndpoint("a", stream.a());
            writeEndpoint("b", stream.b());
            json.writeBooleanField("sawSyn", stream.sawSyn());
            writePair("packets", a.packets(), b.packets());
            writePair("bytes", a.bytes(), b.bytes());
            writePair("payload", a.payload(), b.payload());
            writeTime("first", true, stream.firstNanos());
            writeTime("last", true, stream.lastNanos());
            json.writeFieldName("handshakeRtt");
            if (stream.handshakeNanos() < 0) {
                json.writeNull();
            } else {
                json.writeNumber(Seconds.of(stream.handshakeNanos()));
            }
            writeKnownPair("mss", a.mss(), b.mss());
            writeKnownPair("windowScale", a.windowScale(), b.windowScale());
            writeFlagPair("sack", a.sackPermitted(), b.sackPermitted());
            writeFlagPair("timestamps", a.timestamps(), b.timestamps());
            writePair("syn", a.syn(), b.syn());
            writePair("fin", a.fin(), b.fin());
            writePair("rst", a.rst(), b.rst());
            json.writeObjectFieldStart("flags");
            for (TcpFlag flag : TcpFlag.values()) {
                if (a.count(flag) > 0 || b.count(flag) > 0) {
                    writePair(flag.word(), a.count(flag), b.count(flag));
                }
            }
            json.writeEndObject();
            json.writeArrayFieldStart("ackRtt");
            writeDurations(a.ackTimes());
            writeDurations(b.ackTimes());
            json.writeEndArray();
            writeDifferences(stream);
            json.writeBooleanField("fastOpen", stream.fastOpen());
            json.writeBooleanField("multipath", stream.multipath());
            writePair("mostInFlight", a.mostInFlight(), b.mostInFlight());
            writePair("duplicateSacks", a.duplicateSacks(), b.duplicateSacks());
            json.writeEndObject();
        }

        private void writeDurations(Durations times) throws IOException {
            if (times.count() == 0) {
                json.writeNull();
                return;
            }
            json.writeStartObject();
            json.writeNumberField("n", times.count());
            writeSeconds("min", times.min());
            writeSeconds("median", times.median());
            writeSeconds("max", times.max());
            json.writeEndObject();
        }

        private void writeSeconds(String name, long nanos) throws IOException {
            json.writeFieldName(name);
            json.writeNumber(Seconds.of(nanos));
        }

        /** Where our count is another than Wireshark's and tcptrace's would be, with the frames that it hangs on. */
        private void writeDifferences(TcpStream stream) throws IOException {
            json.writeArrayFieldStart("differs");
            writeDifference(
                    "retransmission", stream.copiedData(), "second copies of the same IP packet, no retransmissions");
            writeDifference(
                    "duplicate_ack", stream.copiedAcks(), "second copies of the same IP packet, no duplicate ACKs");
            writeDifference(
                    "lost_segment",
                    stream.beyondFrame(),
                    "these frames are shorter by the file's word than their IP headers say; the headers are believed, so that no"
                            + " segment is missing behind them");
            json.writeEndArray();
        }

        private void writeDifference(String name, FrameList frames, String why) throws IOException {
            if (frames.size() == 0) {
                return;
            }
            json.writeStartObject();
            json.writeStringField("class", name);
            json.writeArrayFieldStart("frames");
            for (long frame : frames.first()) {
                json.writeNumber(frame);
            }
            json.writeEndArray();
            json.writeNumberField("count", frames.size());
            json.writeStringField("why", why);
            json.writeEndObject();
        }

        private void writeEndpoint(String name, Endpoint endpoint) throws IOException {
            json.writeArrayFieldStart(name);
            json.writeString(endpoint.address().toString());
            json.writeNumber(endpoint.port());
            json.writeEndArray();
        }

        private void writePair(String name, long a, long b) throws IOException {
            json.writeArrayFieldStart(name);
            json.writeNumber(a);
            json.writeNumber(b);
            json.writeEndArray();
        }

        private void writeKnownPair(String name, int a, int b) throws IOException {
            json.writeArrayFieldStart(name);
            for (int value : new int[] {a, b}) {
                if (value < 0) {
                    json.writeNull();
                } else {
                    json.writeNumber(value);
                }
            }
            json.writeEndArray();
        }

        private void writeFlagPair(String name, boolean a, boolean b) throws IOException {
            json.writeArrayFieldStart(name);
            json.writeBoolean(a);
            json.writeBoolean(b);
            json.writeEndArray();
        }

        private void writeIcmp(String name, String sizes, IcmpCounts counts) throws IOException {
            json.writeObjectFieldStart(name);
            writeCounts("byType", counts.byType());
            json.writeArrayFieldStart(sizes);
            for (IcmpCounts.SizeError error : counts.sizes()) {
                json.writeStartArray();
                json.writeNumber(error.frame());
                json.writeNumber(error.mtu());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
