package phalanx.agents.narrate.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {
    private static final Proof PROOF = new Proof(
            List.of("p99 of edge: 812 ms, usual 20.0 %, at policy/127.0.0.1:8080"),
            List.of("p99 of edge: 812 ms, usual 20.0 %, at policy/127.0.0.1:8080", "bank.lab.test is away, 77 of 80"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The p99 of edge is 812 ms.              | The p99 of edge is 812 ms.
            It is 812ms, and 20 % failed.           | It is 812ms, and 20 % failed.
            It is 813 ms.                           | It is 813 (unverified) ms.
            Of 80 calls failed 77, elsewhere.       | Of 80 (unverified) calls failed 77, (unverified) elsewhere.
            Fifty calls, twice as many.             | Fifty (unverified) calls, twice (unverified) as many.
            \u0668\u0661\u0662 and \uff19\uff10 and \u00bd. | \u0668\u0661\u0662 (unverified) and 90 (unverified) and 1\u20442. (unverified)
            1,234 or 1e9 or -812                    | 1,234 (unverified) or 1e9 (unverified) or -812 (unverified)
            bank.lab.test and policy/127.0.0.1:8080 | bank.lab.test and policy/127.0.0.1:8080
            evil.example and 10.0.0.1 and a@b.c     | [left out] and [left out] and [left out]
            Go to http://x.y, HTTPS://Z or www.q.   | Go to [left out] [left out] or [left out]
            Run `rm -rf /` | Run [left out] [left out] [left out]
            curl --data javascript:alert(1)         | curl [left out] [left out]
            [click](http://x.y) <b>bold</b>         | [left out] [left out]
            policy-9 and \u0440\u043elicy           | policy-9 (unverified) and [left out]
            """)
    void figures_are_proved_or_marked_and_nothing_points_anywhere(String said, String shown) {
        assertEquals(shown, PROOF.marked(said));
    }
}
