package phalanx.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phalanx.topology.SystemGraph.Gathering;
import phalanx.topology.SystemGraph.Kind;
import phalanx.topology.SystemGraph.Relation;
import phalanx.topology.SystemGraph.Source;
import phalanx.topology.SystemGraph.Statement;
import phalanx.topology.SystemGraph.Thing;

class SystemGraphTest {
    private static final Thing WEB = new Thing(Kind.SERVICE, "web");
    private static final Thing QUOTE = new Thing(Kind.SERVICE, "quote");
    private static final Thing POLICY = new Thing(Kind.SERVICE, "policy");
    private static final Thing HOST = new Thing(Kind.HOST, "192.0.2.1");
    private static final Thing EARLY = new Thing(Kind.DEPLOY, "quote 1");
    private static final Thing LATE = new Thing(Kind.DEPLOY, "quote 2");
    private static final Thing ELSEWHERE = new Thing(Kind.DEPLOY, "other 7");
    private static final Thing TROUBLE = new Thing(Kind.INCIDENT, "I-1");
    private static final Thing CALL = new Thing(Kind.CONVERSATION, "1");
    private static final Thing OTHER_CALL = new Thing(Kind.CONVERSATION, "2");

    private static Statement told(Thing from, Relation relation, Thing to, long first, long last) {
        return new Statement(from, relation, to, Source.SPAN, first, last);
    }

    private static SystemGraph graph() {
        Gathering graph = new Gathering();
        List.of(
                        told(WEB, Relation.CALLS, QUOTE, 20, 30),
                        told(WEB, Relation.CALLS, QUOTE, 10, 25),
                        told(QUOTE, Relation.CALLS, POLICY, 12, 13),
                        told(POLICY, Relation.CALLS, QUOTE, 14, 15), // a ring must not be walked for ever
                        told(WEB, Relation.RUNS_ON, HOST, 10, 30),
                        told(EARLY, Relation.CHANGED, QUOTE, 5, 5),
                        told(LATE, Relation.CHANGED, QUOTE, 18, 18),
                        told(ELSEWHERE, Relation.CHANGED, new Thing(Kind.SERVICE, "other"), 6, 6),
                        told(TROUBLE, Relation.CONCERNS, POLICY, 21, 22),
                        told(CALL, Relation.OPENED_BY, WEB, 10, 30),
                        told(CALL, Relation.ANSWERED_BY, QUOTE, 10, 30),
                        told(OTHER_CALL, Relation.OPENED_BY, POLICY, 10, 30),
                        told(OTHER_CALL, Relation.ANSWERED_BY, QUOTE, 10, 30))
                .forEach(graph::add);
        return graph.graph();
    }

    @Test
    void the_same_statement_is_kept_once_with_its_first_and_last_sight() {
        assertEquals(
                List.of(told(WEB, Relation.CALLS, QUOTE, 10, 30)),
                graph().of(WEB).stream()
                        .filter(one -> one.relation() == Relation.CALLS)
                        .toList());
    }

    @Test
    void calls_are_followed_up_and_down() {
        assertEquals(
                List.of(
                        told(WEB, Relation.CALLS, QUOTE, 10, 30),
                        told(QUOTE, Relation.CALLS, POLICY, 12, 13),
                        told(POLICY, Relation.CALLS, QUOTE, 14, 15)),
                graph().downstream(WEB));
        assertEquals(List.of(), graph().upstream(WEB));
        assertEquals(3, graph().upstream(POLICY).size());
    }

    @Test
    void a_path_goes_by_calls_and_else_by_what_else_is_stated() {
        assertEquals(
                List.of(QUOTE, POLICY),
                graph().path(WEB, POLICY).stream().map(Statement::to).toList());
        assertEquals(
                List.of(Relation.CALLS, Relation.RUNS_ON),
                graph().path(QUOTE, HOST).stream().map(Statement::relation).toList());
        assertEquals(List.of(), graph().path(WEB, EARLY));
        assertEquals(List.of(), graph().path(WEB, WEB));
    }

    @Test
    void changes_are_those_before_a_moment_on_the_path_newest_first() {
        assertEquals(
                List.of(LATE, EARLY),
                graph().changes(WEB, POLICY, 100).stream().map(Statement::from).toList());
        assertEquals(
                List.of(EARLY),
                graph().changes(WEB, POLICY, 18).stream().map(Statement::from).toList());
    }

    @Test
    void conversations_and_incidents_are_those_of_the_asked_only() {
        assertEquals(
                List.of(CALL),
                graph().conversations(WEB, QUOTE).stream().map(Statement::from).toList());
        assertEquals(
                List.of(TROUBLE),
                graph().incidents(POLICY).stream().map(Statement::from).toList());
        assertEquals(List.of(), graph().incidents(QUOTE));
    }

    @Test
    void a_name_is_enough_where_only_one_has_it() {
        assertEquals(Optional.of(WEB), graph().find("web"));
        assertEquals(Optional.of(WEB), graph().find("service:web"));
        assertEquals(Optional.empty(), graph().find("nobody"));
        Gathering two = new Gathering();
        two.add(told(WEB, Relation.RUNS_ON, new Thing(Kind.HOST, "web"), 1, 1));
        assertEquals(Optional.empty(), two.graph().find("web"));
        assertEquals(Optional.of(WEB), two.graph().find("service:web"));
    }

    @Test
    void what_has_no_room_is_counted_and_what_is_known_still_widens() {
        Gathering small = new Gathering(1);
        small.add(told(WEB, Relation.CALLS, QUOTE, 10, 11));
        small.add(told(QUOTE, Relation.CALLS, POLICY, 10, 11));
        small.add(told(WEB, Relation.CALLS, QUOTE, 12, 13));
        assertEquals(
                List.of(told(WEB, Relation.CALLS, QUOTE, 10, 13)), small.graph().statements());
        assertEquals(1, small.graph().leftOut());
        assertTrue(small.graph().things().contains(QUOTE));
    }
}
