package phalanx.diagnose.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;

/** A name server answers with an error (RFC 1035 section 4.1.1, RCODE). */
public final class DnsErrorRule implements Rule {
    private static final int NO_SUCH_NAME = 3;

    private static final String[] CODES = {
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE"
    };

    @Override
    public String id() {
        return "dns-error";
    }

    @Override
    public List<String> kinds() {
        return List.of("dns_error");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (DnsExchanges exchanges : DnsExchanges.of(investigation)) {
            int[] errors = exchanges.answered.stream()
                    .mapToInt(DnsExchanges.Answered::response)
                    .filter(j -> code(investigation, exchanges, j) != 0)
                    .toArray();
            if (errors.length > 0) {
                findings.add(finding(investigation, exchanges, errors));
            }
        }
        return Verdict.of(findings);
    }

    private static int code(Investigation investigation, DnsExchanges exchanges, int response) {
        return investigation
                .packets(exchanges.capture)
                .dnsResponseCode(investigation.journeys().row(response, exchanges.capture));
    }

    private Finding finding(Investigation investigation, DnsExchanges exchanges, int[] errors) {
        Map<String, Integer> codes = new TreeMap<>();
        int failures = 0;
        for (int response : errors) {
            int code = code(investigation, exchanges, response);
            codes.merge(code < CODES.length ? CODES[code] : "RCODE " + code, 1, Integer::sum);
            failures += code == NO_SUCH_NAME ? 0 : 1;
        }
        List<String> counts = codes.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .toList();
        // Names that do not exist are everyday life: search lists, blockers, typing errors.
        boolean trouble = failures > 0 || errors.length >= 2 && 2 * errors.length >= exchanges.answered.size();
        return investigation
                .finding(id(), "dns_error")
                .severity(trouble ? Severity.WARNING : Severity.INFO, failures > 0 ? 0.95 : 0.8)
                .at(new Where.Node(Where.Role.SERVER, exchanges.capture), Direction.BOTH)
                .packets(errors)
                .fact("server", new Fact.Text(exchanges.server))
                .fact("errors", new Fact.Share(errors.length, exchanges.answered.size()))
                .fact("codes", new Fact.Text(String.join(", ", counts)))
                .fact("names", exchanges.names(investigation, errors))
                .evidence(exchanges.capture, errors, "answers that say there was an error")
                .ruledOut("dns_timeout", "the server answered")
                .ruledOut("random_loss", "question and answer arrived")
                .harm(failures + errors.length / 10.0)
                .build();
    }
}
