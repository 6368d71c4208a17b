package phalanx.show.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.topology.NetworkMap;

/** Which findings concern what is selected. Immutable, any thread. */
record Scope(Analysis analysis, Selection.State state) {
    private static final Words WORDS = Words.of("cause");

    /** Whether everything is of concern: nothing is selected, or a finding itself. */
    boolean isEverything() {
        return state.finding() != null
                || state.conversation() == Selection.NONE && state.place() == null && state.range() == null;
    }

    boolean holds(ExplainedFinding told) {
        Finding finding = told.finding();
        return isEverything()
                || (state.conversation() == Selection.NONE
                                || finding.conversations().contains(state.conversation()))
                        && (state.range() == null
                                || finding.startNanos() <= state.range().toNanos()
                                        && finding.endNanos() >= state.range().fromNanos())
                        && atPlace(finding.where());
    }

    /** What is selected: {@code the selected conversation and edge}. */
    String words() {
        List<String> parts = new ArrayList<>();
        if (state.conversation() != Selection.NONE) {
            parts.add(WORDS.get("scope.conversation"));
        }
        if (state.place() != null) {
            parts.add(analysis.map().places().stream()
                    .filter(place -> place.id().equals(state.place()))
                    .map(NetworkMap.Place::label)
                    .findFirst()
                    .orElseGet(() -> WORDS.get("scope.link")));
        }
        if (state.range() != null) {
            parts.add(WORDS.get(
                    "scope.range",
                    Words.language().clockTime(state.range().fromNanos()),
                    Words.language().clockTime(state.range().toNanos())));
        }
        return String.join(WORDS.get("scope.and"), parts);
    }

    private boolean atPlace(Where where) {
        String id = state.place();
        if (id == null) {
            return true;
        }
        for (NetworkMap.Place place : analysis.map().places()) {
            if (place.id().equals(id)) {
                return stands(place, where);
            }
        }
        return analysis.map().links().stream().anyMatch(link -> link.id().equals(id) && along(link, where));
    }

    private static boolean stands(NetworkMap.Place place, Where where) {
        return switch (where) {
            case Where.Segment(int from, int to) ->
                switch (place.role()) {
                    case CAPTURE_POINT -> from == place.capture() || to == place.capture();
                    case CLIENT, SERVER -> false;
                };
            case Where.Node(var role, int capture) ->
                switch (place.role()) {
                    case CAPTURE_POINT -> capture == place.capture();
                    case CLIENT -> role == Where.Role.CLIENT;
                    case SERVER -> role == Where.Role.SERVER;
                };
            case Where.Capture(int capture) -> capture == place.capture();
        };
    }

    /** A segment with an end beyond the captures lies on the links to hosts. */
    private boolean along(NetworkMap.Link link, Where where) {
        if (!(where instanceof Where.Segment(int from, int to))) {
            return false;
        }
        int a = capture(link.from());
        int b = capture(link.to());
        return a == from && b == to || a == to && b == from;
    }

    private int capture(String place) {
        return analysis.map().places().stream()
                .filter(each -> Objects.equals(each.id(), place))
                .mapToInt(NetworkMap.Place::capture)
                .findFirst()
                .orElse(Where.BEYOND);
    }
}
