package io.linli.local.demo;

import io.linli.local.system.Progress;
import java.util.Map;

/// Where the demo is told: in colours on a terminal, plain into a file or with `NO_COLOR`.
final class Stage {

    private final Progress say;
    private final boolean colours;

    Stage(Progress say, boolean colours) {
        this.say = say;
        this.colours = colours;
    }

    static Stage of(Progress say, Map<String, String> environment) {
        var console = System.console();
        boolean terminal = console != null && console.isTerminal();
        return new Stage(
                say, terminal && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    void scene(String title) {
        say.say("");
        say.say(in("1;36", "── " + title));
    }

    void tells(String who, String what) {
        say.say("  " + in("33", "%-12s".formatted(who)) + " " + what);
    }

    void good(String what) {
        say.say("  " + in("32", "✓ " + what));
    }

    void no(String what) {
        say.say("  " + in("31", "✗ " + what));
    }

    private String in(String colour, String text) {
        return colours ? "\u001B[" + colour + "m" + text + "\u001B[0m" : text;
    }
}
