package io.linli.local.client;

import java.util.List;

/// The API said a definite no; expected ones are told apart by their stable word.
public final class Refused extends RuntimeException {

    private final transient Answer answer;

    Refused(String request, Answer answer) {
        super(request + " → " + answer.status() + " " + shortened(answer.text()));
        this.answer = answer;
    }

    /// Does the work; a refusal of one of these kinds is as good as done.
    public static void ignoring(Runnable work, String... problems) {
        try {
            work.run();
        } catch (Refused refused) {
            if (!refused.is(problems)) {
                throw refused;
            }
        }
    }

    public boolean is(String... problems) {
        return List.of(problems).contains(answer.problem());
    }

    public Answer answer() {
        return answer;
    }

    private static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
