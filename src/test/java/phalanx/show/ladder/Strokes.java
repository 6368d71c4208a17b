package phalanx.show.ladder;

import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import phalanx.show.Pen;

/** A pen that draws nothing and counts what it was asked for. */
final class Strokes implements Pen {
    int count;

    @Override
    public void stroke(Color colour, double width, double... dashes) {}

    @Override
    public void fill(Color colour) {}

    @Override
    public void font(double size, boolean bold) {}

    @Override
    public void line(double x1, double y1, double x2, double y2) {
        count++;
    }

    @Override
    public void polyline(double[] xs, double[] ys, int points) {
        count++;
    }

    @Override
    public void polygon(double[] xs, double[] ys) {
        count++;
    }

    @Override
    public void outline(double[] xs, double[] ys) {
        count++;
    }

    @Override
    public void rectangle(double x, double y, double width, double height, double radius) {
        count++;
    }

    @Override
    public void frame(double x, double y, double width, double height, double radius) {
        count++;
    }

    @Override
    public void ellipse(double x, double y, double width, double height) {
        count++;
    }

    @Override
    public void ring(double x, double y, double width, double height) {
        count++;
    }

    @Override
    public void text(String text, double x, double y, Align align, double room) {
        count++;
    }

    @Override
    public void image(Image image, double x, double y) {
        count++;
    }

    @Override
    public void clip(double x, double y, double width, double height) {}

    @Override
    public void unclip() {}
}
