package phalanx.proxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.proxy.route.RouteMatch.Kind;

class RoutingTest {
    @Test
    void routes_are_asked_in_nginx_s_order() {
        RouteTable<String> table = new RouteTable<>();
        table.add(new RouteMatch(Kind.PREFIX, "/", null), "root");
        table.add(new RouteMatch(Kind.REGEX, "\\.png$", Pattern.compile("\\.png$")), "pictures");
        table.add(new RouteMatch(Kind.PREFIX, "/images", null), "images");
        table.add(new RouteMatch(Kind.PREFIX_FIRST, "/images/raw", null), "raw");
        table.add(new RouteMatch(Kind.EXACT, "/images/a.png", null), "exact");
        assertEquals("root", table.find("/x"));
        assertEquals("images", table.find("/images/b.gif"));
        assertEquals("pictures", table.find("/images/b.png"));
        assertEquals("raw", table.find("/images/raw/b.png"));
        assertEquals("exact", table.find("/images/a.png"));
        assertNull(new RouteTable<String>().find("/"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "/a/./b/../c, /a/c",
        "/a//b, /a/b",
        "/a/b/.., /a/",
        "/%61%20b, '/a b'",
        "/a%3Fb, /a?b",
        "/.well-known/x, /.well-known/x",
        "/x/%2e%2e/y, /y",
        "/%252e%252e, /%2e%2e"
    })
    void paths_are_normalized_once(String written, String normalized) {
        assertEquals(normalized, RequestPath.normalized(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/a/../..",
                "/%2e%2e/x",
                "/a%2fb",
                "/a%5cb",
                "/a\\b",
                "/a%00",
                "/a%zz",
                "/a%2",
                "/%c0%ae",
                "/%ff"
            })
    void paths_that_hide_something_are_refused(String written) {
        assertNull(RequestPath.normalized(written));
    }
}
