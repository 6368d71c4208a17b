package phalanx.share;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import phalanx.capture.CaptureSummary;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.diagnose.UnusualStretch;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.measure.FlowLimit;
import phalanx.measure.FlowLimits;
import phalanx.measure.SecondSeries;
import phalanx.measure.SegmentCounts;
import phalanx.net.Endpoint;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/**
 * The document {@code phalanx.analysis/1}; its schema is {@code resources/schema/phalanx.analysis-1.schema.json}. What cannot be
 * known is null.
 */
public final class AnalysisJson implements Report {
    /** With packets one way only, an offset is known as closely as a packet can live (RFC 9293 section 3.4.1, maximum segment lifetime). */
    private static final long LONGEST_LIFE_NANOS = 120_000_000_000L;

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public void write(CaseAccount account, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            new Document(json, account, account.analysis()).write();
        }
        out.write('\n');
        out.flush();
    }

    private record Document(JsonGenerator json, CaseAccount account, Analysis analysis) {
        void write() throws IOException {
            Stitched stitched = analysis.stitched();
            json.writeStartObject();
            json.writeStringField("schema", "phalanx.analysis/1");
            json.writeArrayFieldStart("captures");
            for (int capture = 0; capture < stitched.captures().size(); capture++) {
                writeCapture(capture);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("paths");
            for (HopPath path : stitched.paths()) {
                json.writeStartObject();
                json.writeStringField("direction", path.direction().word());
                json.writeArrayFieldStart("hops");
                for (int capture : path.captures()) {
                    json.writeString(stitched.hopName(capture));
                }
                json.writeEndArray();
                json.writeNumberField("packets", path.packets());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("segments");
            for (var segment : analysis.measures().segments()) {
                writeSegment(segment.counts());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("conversations");
            for (ConversationMetrics metrics : analysis.measures().conversations()) {
                writeConversation(metrics);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (ExplainedFinding told : analysis.findings()) {
                writeFinding(told);
            }
            json.writeEndArray();
            writeUnusual();
            if (!account.imported().files().isEmpty()) {
                ImportsJson.write(account, json);
            }
            json.writeArrayFieldStart("notRun");
            for (Analysis.NotRun rule : analysis.notRun()) {
                json.writeStartObject();
                json.writeStringField("rule", rule.rule());
                json.writeStringField("why", rule.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            ProblemJson.write(json, analysis.problems());
            writeConclusion(analysis.conclusion());
            json.writeEndObject();
        }

        private void writeUnusual() throws IOException {
            if (analysis.unusual().isEmpty()) {
                json.writeNullField("anomalies");
                return;
            }
            json.writeArrayFieldStart("anomalies");
            for (UnusualStretch stretch : analysis.unusual().get()) {
                SecondSeries series = stretch.of();
                json.writeStartObject();
                json.writeStringField("quantity", series.quantity().name().toLowerCase(Locale.ROOT));
                json.writeStringField(
                        "direction",
                        series.direction() == null ? "both" : series.direction().word());
                json.writeStringField(
                        "from", series.from() < 0 ? null : analysis.stitched().hopName(series.from()));
                json.writeStringField(
                        "to", series.to() < 0 ? null : analysis.stitched().hopName(series.to()));
                writeTime("start", true, stretch.startNanos());
                writeTime("end", true, stretch.endNanos());
                json.writeNumberField("value", stretch.value());
                json.writeNumberField("usual", stretch.usual());
                json.writeNumberField("score", stretch.anomaly().score());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void writeCapture(int capture) throws IOException {
            var decoded = analysis.stitched().captures().get(capture).capture();
            CaptureSummary summary = decoded.summary();
            ClockAlignment clock = analysis.stitched().clocks().get(capture);
            boolean any = summary.frames() > 0;
            boolean bounded = clock.known();
            long bound = Math.min(clock.boundNanos(), LONGEST_LIFE_NANOS);
            json.writeStartObject();
            json.writeStringField("file", decoded.file().toString());
            json.writeStringField("hop", analysis.stitched().hopName(capture));
            json.writeNumberField("packets", summary.frames());
            writeTime("first", any, summary.firstNanos());
            writeTime("last", any, summary.lastNanos());
            if (summary.snaplen() > 0) {
                json.writeNumberField("snaplen", summary.snaplen());
            } else {
                json.writeNullField("snaplen");
            }
            if (!summary.redaction().isEmpty()) {
                json.writeStringField("redaction", summary.redaction());
            }
            ProblemJson.write(json, decoded.problems());
            json.writeObjectFieldStart("clock");
            json.writeBooleanField("reference", clock.reference());
            writeMicros("offsetMicros", bounded, clock.offsetNanos());
            writeMicros("boundMicros", bounded, bound);
            json.writeFieldName("driftPpm");
            if (bounded) {
                json.writeNumber(Math.round(clock.driftPpm() * 1e4) / 1e4);
            } else {
                json.writeNull();
            }
            json.writeArrayFieldStart("steps");
            for (ClockAlignment.Step step : clock.steps()) {
                json.writeStartObject();
                writeTime("at", true, step.atNanos());
                writeMicros("micros", true, step.nanos());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }

        private void writeSegment(SegmentCounts counts) throws IOException {
            json.writeStartObject();
            json.writeStringField("direction", counts.direction().word());
            json.writeStringField("from", analysis.stitched().hopName(counts.from()));
            json.writeStringField("to", analysis.stitched().hopName(counts.to()));
            json.writeNumberField("seenAtFrom", counts.seenAtFrom());
            json.writeNumberField("seenAtTo", counts.seenAtTo());
            json.writeNumberField("lost", counts.lost());
            json.writeNumberField("lostTcpData", counts.lostTcpData());
            json.writeNumberField("duplicates", counts.duplicates());
            json.writeNumberField("reordered", counts.reordered());
            json.writeNumberField("changed", counts.changed());
            json.writeNumberField("originated", counts.originated());
            json.writeNumberField("missingFromCapture", counts.missingFromCapture());
            json.writeFieldName("delayMicros");
            if (counts.delay().isPresent()) {
                DelaySummary delay = counts.delay().get();
                json.writeStartObject();
                writeMicros("min", true, delay.minNanos());
                writeMicros("p50", true, delay.medianNanos());
                writeMicros("p95", true, delay.p95Nanos());
                writeMicros("max", true, delay.maxNanos());
                json.writeEndObject();
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        }

        /** Shares of the time between the first data and the last, which add up to 1. */
        private void writeLimits(ConversationMetrics metrics) throws IOException {
            if (metrics.limits().isEmpty()) {
                json.writeNullField("limits");
                return;
            }
            FlowLimits limits = metrics.limits().get();
            json.writeObjectFieldStart("limits");
            json.writeStringField("sender", limits.fromClient() ? "client" : "server");
            json.writeNumberField("seconds", limits.total() / 1e9);
            for (FlowLimit limit : FlowLimit.values()) {
                double share = (double) limits.of(limit) / Math.max(1, limits.total());
                json.writeNumberField(limit.key(), Math.round(share * 1e4) / 1e4);
            }
            json.writeEndObject();
        }

        private void writeConversation(ConversationMetrics metrics) throws IOException {
            Conversation conversation = metrics.conversation();
            json.writeStartObject();
            json.writeNumberField("id", conversation.id());
            json.writeStringField("transport", conversation.transport().word());
            writeEndpoint("client", conversation.client());
            writeEndpoint("server", conversation.server());
            json.writeArrayFieldStart("hops");
            for (Conversation.Leg leg : conversation.legs()) {
                json.writeStartObject();
                json.writeStringField("hop", analysis.stitched().hopName(leg.capture()));
                writeEndpoint("a", leg.client());
                writeEndpoint("b", leg.server());
                writePair("packets", new long[] {leg.clientPackets(), leg.serverPackets()});
                json.writeEndObject();
            }
            json.writeEndArray();
            writeTime("first", true, metrics.firstNanos());
            writeTime("last", true, metrics.lastNanos());
            writePair("bytes", metrics.bytes());
            writePair("retransmissions", metrics.retransmissions());
            writeRoundTrips(metrics.rtt());
            writeOptionalMicros("handshakeMicros", metrics.handshakeNanos());
            writeOptionalMicros(
                    "serverThinkMicros",
                    metrics.serverThink()
                            .map(t -> OptionalLong.of(t.medianNanos()))
                            .orElse(OptionalLong.empty()));
            json.writeNumberField("bitsPerSecond", Math.round(metrics.throughputBitsPerSecond()));
            writeLimits(metrics);
            json.writeArrayFieldStart("findings");
            for (ExplainedFinding told : analysis.findingsOf(metrics)) {
                json.writeString(told.id());
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private void writeRoundTrips(Optional<DelaySummary> rtt) throws IOException {
            json.writeFieldName("rttMicros");
            if (rtt.isPresent()) {
                json.writeStartObject();
                writeMicros("p50", true, rtt.get().medianNanos());
                writeMicros("p95", true, rtt.get().p95Nanos());
                json.writeEndObject();
            } else {
                json.writeNull();
            }
        }

        private void writeFinding(ExplainedFinding told) throws IOException {
            Finding finding = told.finding();
            json.writeStartObject();
            json.writeStringField("id", told.id());
            json.writeStringField("rule", finding.rule());
            json.writeStringField("kind", finding.kind());
            json.writeStringField("severity", finding.severity().word());
            json.writeNumberField("confidence", finding.confidence());
            writeWhere(finding.where());
            json.writeStringField("direction", finding.direction().word());
            writeTime("start", true, finding.startNanos());
            writeTime("end", true, finding.endNanos());
            json.writeStringField("summary", told.summary());
            json.writeStringField("explanation", told.explanation());
            json.writeStringField("remedy", told.remedy());
            json.writeArrayFieldStart("conversations");
            for (int conversation : finding.conversations()) {
                json.writeNumber(conversation);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("evidence");
            for (Evidence evidence : finding.evidence()) {
                json.writeStartObject();
                json.writeStringField(
                        "file",
                        analysis.stitched()
                                .captures()
                                .get(evidence.capture())
                                .capture()
                                .file()
                                .toString());
                json.writeFieldName("frames");
                json.writeArray(evidence.frames(), 0, evidence.frames().length);
                json.writeStringField("says", evidence.says());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("ruledOut");
            for (Finding.RuledOut other : finding.ruledOut()) {
                json.writeStartObject();
                json.writeStringField("kind", other.kind());
                json.writeStringField("why", other.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private void writeWhere(Where where) throws IOException {
            Stitched stitched = analysis.stitched();
            json.writeObjectFieldStart("where");
            switch (where) {
                case Where.Segment(int from, int to) -> {
                    json.writeStringField("type", "segment");
                    json.writeStringField("from", from == Where.BEYOND ? null : stitched.hopName(from));
                    json.writeStringField("to", to == Where.BEYOND ? null : stitched.hopName(to));
                }
                case Where.Node(var role, int capture) -> {
                    json.writeStringField("type", "node");
                    json.writeStringField("role", role.word());
                    json.writeStringField("hop", stitched.hopName(capture));
                }
                case Where.Capture(int capture) -> {
                    json.writeStringField("type", "capture");
                    json.writeStringField("hop", stitched.hopName(capture));
                }
            }
            json.writeEndObject();
        }

        private void writeConclusion(Analysis.Conclusion conclusion) throws IOException {
            ExplainedFinding root = conclusion.finding();
            json.writeObjectFieldStart("verdict");
            json.writeStringField("summary", (conclusion.summary() + " " + conclusion.details()).strip());
            json.writeStringField("kind", root == null ? null : root.finding().kind());
            json.writeStringField("finding", root == null ? null : root.id());
            json.writeNumberField("confidence", conclusion.confidence());
            json.writeEndObject();
        }

        private void writeEndpoint(String name, Endpoint endpoint) throws IOException {
            json.writeArrayFieldStart(name);
            json.writeString(endpoint.address().toString());
            json.writeNumber(endpoint.port());
            json.writeEndArray();
        }

        private void writePair(String name, long[] pair) throws IOException {
            json.writeFieldName(name);
            json.writeArray(pair, 0, 2);
        }

        /** Epoch seconds with 9 decimals, as a string: a double cannot hold nanoseconds. */
        private void writeTime(String name, boolean known, long nanos) throws IOException {
            json.writeStringField(name, known ? Seconds.of(nanos) : null);
        }

        private void writeMicros(String name, boolean known, long nanos) throws IOException {
            json.writeFieldName(name);
            if (known) {
                json.writeNumber(BigDecimal.valueOf(nanos, 3));
            } else {
                json.writeNull();
            }
        }

        private void writeOptionalMicros(String name, OptionalLong nanos) throws IOException {
            writeMicros(name, nanos.isPresent(), nanos.orElse(0));
        }
    }
}
