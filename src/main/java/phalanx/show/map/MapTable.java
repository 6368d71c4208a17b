package phalanx.show.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import phalanx.show.DataTable;
import phalanx.show.Words;
import phalanx.topology.Flow;
import phalanx.topology.TrafficGraph;

/** Places and links as a table, those with most findings first, then those with most bytes. Immutable, any thread. */
final class MapTable implements DataTable {
    private static final Words WORDS = Words.of("map");

    /** A place or a link. */
    private record Row(String id, String name, String kind, int conversations, Flow one, Flow other, int findings) {
        long bytes() {
            return one.bytes() + other.bytes();
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<String> columns = List.of(
            WORDS.get("table.place"),
            WORDS.get("table.kind"),
            WORDS.get("table.conversations"),
            WORDS.get("table.packets-there"),
            WORDS.get("table.packets-back"),
            WORDS.get("table.bytes-there"),
            WORDS.get("table.bytes-back"),
            WORDS.get("table.loss-there"),
            WORDS.get("table.loss-back"),
            WORDS.get("table.delay-there"),
            WORDS.get("table.delay-back"),
            WORDS.get("table.findings"));

    MapTable(TrafficGraph graph, FindingsOnMap findings) {
        for (int i = 0; i < graph.nodes().size(); i++) {
            TrafficGraph.Node node = graph.nodes().get(i);
            rows.add(new Row(
                    node.id(),
                    PlaceWords.name(node),
                    PlaceWords.role(node.role()),
                    node.conversations(),
                    node.sent(),
                    node.received(),
                    findings.node(i).size()));
        }
        for (int i = 0; i < graph.edges().size(); i++) {
            TrafficGraph.Edge edge = graph.edges().get(i);
            rows.add(new Row(
                    edge.id(),
                    PlaceWords.name(graph.nodes().get(edge.from())) + " \u2192 "
                            + PlaceWords.name(graph.nodes().get(edge.to())),
                    WORDS.get("table.link"),
                    edge.conversations(),
                    edge.forward(),
                    edge.backward(),
                    findings.edge(i).size()));
        }
        rows.sort(Comparator.comparingInt((Row row) -> -row.findings).thenComparingLong(row -> -row.bytes()));
    }

    @Override
    public String title() {
        return WORDS.get("table.title");
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public int rows() {
        return rows.size();
    }

    /** What the selection calls the place or link of a row. */
    String id(int row) {
        return rows.get(row).id;
    }

    @Override
    public String cell(int row, int column) {
        Row of = rows.get(row);
        return switch (column) {
            case 0 -> of.name;
            case 1 -> of.kind;
            case 2 -> Words.language().count(of.conversations);
            case 3 -> Words.language().count(of.one.packets());
            case 4 -> Words.language().count(of.other.packets());
            case 5 -> Words.language().count(of.one.bytes());
            case 6 -> Words.language().count(of.other.bytes());
            case 7 -> PlaceWords.loss(of.one);
            case 8 -> PlaceWords.loss(of.other);
            case 9 -> delay(of.one);
            case 10 -> delay(of.other);
            case 11 -> Words.language().count(of.findings);
            default -> throw new IndexOutOfBoundsException("column " + column);
        };
    }

    private static String delay(Flow flow) {
        return flow.delay()
                .map(delay -> Words.language().duration(delay.p95Nanos()))
                .orElse("\u2013");
    }
}
