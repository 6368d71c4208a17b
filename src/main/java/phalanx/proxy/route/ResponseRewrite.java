package phalanx.proxy.route;

import java.util.ArrayList;
import java.util.List;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.Template;

/** What a route does to the fields of responses. Any thread. */
public record ResponseRewrite(List<AddField> added, List<String> hidden) {
    /**
     * A field that responses get.
     *
     * @param always also those that tell of an error
     */
    public record AddField(String name, Template value, boolean always) {}

    private static final String PLACES = "http server route";
    private static final Directive ADD = Directive.of(
            PLACES,
            "add_header NAME VALUE [always]",
            "",
            "A field that clients get in responses, in those of errors too with always.");
    private static final Directive HIDE =
            Directive.of(PLACES, "proxy_hide_header NAME", "", "A field of the server that clients do not get.");

    public static final List<Directive> DIRECTIVES = List.of(ADD, HIDE);

    public static ResponseRewrite from(Section section) {
        List<AddField> added = new ArrayList<>();
        for (Node node : section.nearest(ADD)) {
            boolean always = node.arguments().size() == 3;
            if (always && !node.argument(2).equals("always") || !FieldName.valid(node.argument(0))) {
                section.refuse(node.at(), "This add_header cannot be read.", "Write: " + ADD.form());
                continue;
            }
            added.add(new AddField(
                    node.argument(0),
                    Template.from(section, ADD, node.arguments().get(1)),
                    always));
        }
        List<String> hidden =
                section.nearest(HIDE).stream().map(node -> node.argument(0)).toList();
        return new ResponseRewrite(List.copyOf(added), hidden);
    }

    /** Has the response of an exchange edited, where there is anything to do. */
    public void apply(Exchange exchange) {
        if (!added.isEmpty() || !hidden.isEmpty()) {
            exchange.editResponse(head -> edit(exchange, head));
        }
    }

    private void edit(Exchange exchange, ResponseHead head) {
        hidden.forEach(head.fields()::remove);
        for (AddField add : added) {
            if (add.always() || usual(head.status())) {
                String value = add.value().fill(exchange);
                if (!value.isEmpty()) {
                    head.fields().add(add.name(), value);
                }
            }
        }
    }

    private static boolean usual(int status) { // as nginx
        return switch (status) {
            case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308, 101 -> true;
            default -> false;
        };
    }
}
