package phalanx.proxy.guard.inspect;

import java.util.Objects;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.inspect.PlainBody.Result;
import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.RequestHead;

/** Takes the parts of requests to an inspector, which then has the points. One thread: there is one for each event loop. */
final class Walk {
    private final Inspector inspector;
    private final HeadWalk heads;
    private final BodyWalk bodies;
    private final PlainBody plain = new PlainBody();
    private byte[] octets = new byte[8192];

    Walk(Inspector inspector) {
        this.inspector = inspector;
        heads = new HeadWalk(inspector);
        bodies = new BodyWalk(inspector, heads);
    }

    Inspector inspector() {
        return inspector;
    }

    void head(RequestHead head, WafSettings settings) {
        inspector.begin(settings.paranoia(), settings.threshold(), settings.excluded());
        heads.head(head);
    }

    /** @param headPoints what its head got: with none there is nothing in it that could count together with the body */
    Result body(RequestHead head, int headPoints, InspectedBody held, WafSettings settings) {
        int most = settings.bodyLimit();
        boolean whole = held.octets() <= most;
        int length = whole ? held.octets() : most;
        if (octets.length < length) {
            octets = new byte[Math.max(length, Math.min(most, octets.length * 2))];
        }
        held.copy(octets, length);
        inspector.begin(settings.paranoia(), settings.threshold(), settings.excluded());
        if (headPoints > 0) {
            heads.head(head);
        }
        String type = Objects.requireNonNullElse(head.fields().value(FieldName.CONTENT_TYPE), untold(head));
        String codings = head.fields().joined(FieldName.CONTENT_ENCODING);
        if (codings == null) {
            if (!bodies.body(type, octets, length, whole) || whole) {
                return Result.WHOLE;
            }
            note(Signal.BODY_LONG);
            return Result.CUT;
        }
        return coded(codings, type, length, whole, most);
    }

    /** What a body without a type is read as: Rack takes that of a POST for a form. */
    private static String untold(RequestHead head) {
        return head.method().equals("POST") ? "text/plain" : "";
    }

    private Result coded(String codings, String type, int length, boolean whole, int most) {
        Result result = plain.undo(codings, octets, length, whole, most);
        boolean values =
                plain.length() > 0 && bodies.body(type, plain.octets(), plain.length(), result == Result.WHOLE);
        if (result == Result.CUT && plain.length() > 0 && !values) {
            result = Result.WHOLE; // of what no server reads nothing was missed
        }
        switch (result) {
            case WHOLE -> {}
            case CUT -> note(Signal.BODY_LONG);
            case BOMB -> note(Signal.CODING_BOMB);
            case BROKEN -> note(Signal.CODING_BROKEN);
            case UNKNOWN -> note(Signal.CODING_UNKNOWN);
        }
        if ((result == Result.BROKEN || result == Result.UNKNOWN) && BodyWalk.legible(octets, 0, length)) {
            bodies.body(type, octets, length, whole); // a server that ignores the field reads it as it is
        }
        if (plain.labelEnd() > 0) {
            inspector.named(octets, 0, 0);
            inspector.plain(Place.FILE, octets, 10, plain.labelEnd());
        }
        return result;
    }

    private void note(Signal signal) {
        inspector.named(octets, 0, 0);
        inspector.note(Place.REQUEST, signal, octets, 0, 0);
    }
}
