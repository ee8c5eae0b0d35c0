package io.linli.dispatch.engine;

/// A span of time in which something may begin, both ends included. *Units:* those of the problem's times.
public record Window(int from, int to) {
    public Window {
        if (from > to) {
            throw new IllegalArgumentException("a window ends before it begins: " + from + " to " + to);
        }
    }
}
