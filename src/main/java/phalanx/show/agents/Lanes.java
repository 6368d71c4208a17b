package phalanx.show.agents;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.StepLog;
import phalanx.agents.trail.StepText;
import phalanx.agents.trail.Vote;
import phalanx.show.Palette;
import phalanx.show.Spoken;
import phalanx.show.Words;

/**
 * A lane for each agent, its steps from left to right in their order; below, the time since the first. Steps within a second stand apart,
 * which a true axis of time would pile up. Screen thread.
 */
final class Lanes extends Pane {
    private static final Words WORDS = Words.of("agents");
    private static final double LABELS = 96, LANE = 24, AXIS = 20, LEAST_STEP = 22, MOST_STEP = 54, MARK = 6;

    private final Canvas canvas = new Canvas();
    private final ObservableValue<Palette> palette;
    private List<StepLog.Entry> steps = List.of();
    private StepLog.@Nullable Entry selected;

    /** @param chosen told of a step that the user picks */
    Lanes(ObservableValue<Palette> palette, Consumer<StepLog.Entry> chosen) {
        this.palette = palette;
        double height = Role.values().length * LANE + AXIS;
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
        canvas.setHeight(height);
        canvas.widthProperty().bind(widthProperty());
        getChildren().add(canvas);
        Spoken.diagram(this, WORDS.get("lanes"), WORDS.get("lanes.keys"));
        getStyleClass().add("agent-lanes");
        widthProperty().subscribe(_ -> draw());
        focusedProperty().subscribe(_ -> draw());
        palette.subscribe(_ -> draw());
        setOnMousePressed(press -> {
            requestFocus();
            at(press.getX()).ifPresent(chosen);
        });
        setOnKeyPressed(key -> {
            int by = key.getCode() == KeyCode.LEFT ? -1 : key.getCode() == KeyCode.RIGHT ? 1 : 0;
            if (by != 0 && !steps.isEmpty()) {
                int now = selected == null ? steps.size() - (by < 0 ? 0 : 1) : steps.indexOf(selected);
                chosen.accept(steps.get(Math.clamp(now + by, 0, steps.size() - 1)));
                key.consume();
            }
        });
    }

    /** @param shown the steps of an incident, oldest first  @param picked one of them, null for none */
    void show(List<StepLog.Entry> shown, StepLog.@Nullable Entry picked) {
        steps = shown;
        selected = picked;
        Spoken.tell(
                this,
                picked == null
                        ? WORDS.get("lanes.summary", shown.size())
                        : WORDS.get(
                                "lanes.selected",
                                AgentWords.role(picked.step().by()),
                                AgentWords.said(StepText.of(picked.step()))));
        draw();
    }

    private int fitting() {
        return (int) Math.max(1, (getWidth() - LABELS - 8) / LEAST_STEP);
    }

    private List<StepLog.Entry> visible() {
        return steps.subList(Math.max(0, steps.size() - fitting()), steps.size());
    }

    private double stepWidth() {
        return Math.clamp((getWidth() - LABELS - 8) / Math.max(1, visible().size()), LEAST_STEP, MOST_STEP);
    }

    private Optional<StepLog.Entry> at(double x) {
        List<StepLog.Entry> visible = visible();
        int index = (int) Math.floor((x - LABELS) / stepWidth());
        return index >= 0 && index < visible.size() ? Optional.of(visible.get(index)) : Optional.empty();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette colours = palette.getValue();
        double width = canvas.getWidth();
        g.setFill(colours.background());
        g.fillRect(0, 0, width, canvas.getHeight());
        g.setTextBaseline(VPos.CENTER);
        g.setLineDashes();
        for (Role role : Role.values()) {
            double y = y(role);
            g.setStroke(colours.rail());
            g.setLineWidth(1);
            g.strokeLine(LABELS, y, width - 6, y);
            g.setFill(colours.text());
            g.setFont(Font.font("System", 12));
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText(AgentWords.role(role), 10, y, LABELS - 14);
        }
        List<StepLog.Entry> visible = visible();
        double step = stepWidth();
        double labelled = -100;
        for (int i = 0; i < visible.size(); i++) {
            StepLog.Entry entry = visible.get(i);
            double x = LABELS + (i + 0.5) * step;
            double y = y(entry.step().by());
            if (i > 0) {
                g.setStroke(colours.soft());
                g.setLineWidth(0.8);
                g.strokeLine(x - step, y(visible.get(i - 1).step().by()), x, y);
            }
            boolean second = i == 0
                    || visible.get(i - 1).step().at().getEpochSecond()
                            != entry.step().at().getEpochSecond();
            if (second && x - labelled > 46) {
                labelled = x;
                long since = Duration.between(
                                steps.getFirst().step().at(), entry.step().at())
                        .toSeconds();
                g.setFill(colours.soft());
                g.setFont(Font.font("System", 11));
                g.setTextAlign(TextAlignment.CENTER);
                g.fillText("+" + since + " s", x, canvas.getHeight() - AXIS / 2);
            }
        }
        for (int i = 0; i < visible.size(); i++) {
            StepLog.Entry entry = visible.get(i);
            mark(g, colours, entry, LABELS + (i + 0.5) * step, y(entry.step().by()));
        }
        if (steps.isEmpty()) {
            g.setFill(colours.soft());
            g.setFont(Font.font("System", 12));
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText(WORDS.get("lanes.none"), LABELS + 8, canvas.getHeight() - AXIS / 2);
        }
    }

    private static double y(Role role) {
        return role.ordinal() * LANE + LANE / 2;
    }

    private void mark(GraphicsContext g, Palette colours, StepLog.Entry entry, double x, double y) {
        Message step = entry.step();
        Color colour = colour(step, colours);
        g.setFill(colours.background());
        g.fillOval(x - MARK - 2, y - MARK - 2, 2 * MARK + 4, 2 * MARK + 4);
        g.setFill(colour);
        if (step instanceof Message.Proposed) {
            g.fillPolygon(new double[] {x - MARK, x, x + MARK, x}, new double[] {y, y - MARK, y, y + MARK}, 4);
        } else {
            String sign = sign(step);
            if (sign.isEmpty()) {
                g.fillOval(x - MARK + 1, y - MARK + 1, 2 * MARK - 2, 2 * MARK - 2);
            } else {
                g.setFont(Font.font("System", FontWeight.BOLD, 14));
                g.setTextAlign(TextAlignment.CENTER);
                g.fillText(sign, x, y);
            }
        }
        if (entry.equals(selected)) {
            g.setStroke(colours.selection());
            g.setLineWidth(isFocused() ? 2.5 : 1.5);
            g.strokeRoundRect(x - MARK - 4, y - MARK - 4, 2 * MARK + 8, 2 * MARK + 8, 6, 6);
        }
    }

    /** What a step is by its shape. */
    private static String sign(Message step) {
        return switch (step) {
            case Message.Signalled _ -> "\u25b2";
            case Message.Voted voted -> voted.vote().choice() == Vote.Choice.YES ? "\u2714" : "\u2716";
            case Message.Decided decided ->
                switch (decided.decision()) {
                    case APPROVED -> "\u2714";
                    case ASKED -> "?";
                    case DRY_RUN -> "\u25a1";
                    case REJECTED -> "\u2716";
                };
            case Message.Begun _ -> "\u25b6";
            case Message.Verified verified -> verified.healed() ? "\u2714" : "\u2716";
            case Message.TakenBack _ -> "\u21b6";
            case Message.Escalated _ -> "!";
            case Message.Closed _ -> "\u25a0";
            case Message.Paused paused -> paused.on() ? "\u2016" : "\u25b6";
            case Message.Proposed _,
                    Message.Diagnosed _,
                    Message.Acted _,
                    Message.Learned _,
                    Message.Reviewed _,
                    Message.Filed _ -> "";
        };
    }

    private static Color colour(Message step, Palette colours) {
        return switch (step) {
            case Message.Signalled _, Message.Escalated _ -> colours.critical();
            case Message.Voted voted -> voted.vote().choice() == Vote.Choice.YES ? colours.ok() : colours.critical();
            case Message.Decided decided ->
                switch (decided.decision()) {
                    case APPROVED -> colours.ok();
                    case ASKED, DRY_RUN -> colours.warning();
                    case REJECTED -> colours.critical();
                };
            case Message.Verified verified -> verified.healed() ? colours.ok() : colours.critical();
            case Message.TakenBack _ -> colours.warning();
            case Message.Paused paused -> paused.on() ? colours.warning() : colours.ok();
            case Message.Closed closed -> closed.ending() == Message.Ending.HEALED ? colours.ok() : colours.soft();
            case Message.Proposed _,
                    Message.Diagnosed _,
                    Message.Begun _,
                    Message.Acted _,
                    Message.Learned _,
                    Message.Reviewed _,
                    Message.Filed _ -> colours.info();
        };
    }
}
