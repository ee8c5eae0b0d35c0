package io.linli.local.replay;

import io.linli.local.client.Await;
import io.linli.local.client.Dispatch.Task;
import io.linli.local.client.OnceKnown;
import io.linli.local.client.Person;
import io.linli.local.client.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;

/// The steps of one task, each timed; false when the task has moved on since we looked: the next look sees it as it is.
final class TaskSteps {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Neighbourhood there;
    private final StepTimes times;

    TaskSteps(Neighbourhood there, StepTimes times) {
        this.there = there;
        this.times = times;
    }

    boolean accept(Task task, UUID volunteer) {
        var key = there.keys.of("accept", task.id(), volunteer, task.since());
        return unlessOutdated(() ->
                times.of(Step.ACCEPT, () -> there.dispatch().accept(person(volunteer), task.id(), key)));
    }

    boolean collect(Task task, UUID volunteer, UUID parcel) {
        var key = there.keys.of("collect", task.id(), volunteer);
        return unlessOutdated(() -> times.of(
                Step.COLLECT,
                () -> OnceKnown.perform(
                        "not-your-task", () -> there.station().collect(person(volunteer), parcel, task.id(), key))));
    }

    boolean drop(Task task, UUID volunteer) {
        var photo = "photos/" + task.id() + ".jpg";
        var key = there.keys.of("drop", task.id());
        return unlessOutdated(() -> times.of(
                Step.DROP,
                () -> OnceKnown.perform(
                        "task-not-collected",
                        () -> there.dispatch().drop(person(volunteer), task.id(), photo, sha256(photo), key))));
    }

    /// Fails only with the parcel in hand: nobody rings at a door with nothing.
    boolean fail(Task task, UUID volunteer, String reason) {
        var key = there.keys.of("fail", task.id());
        return unlessOutdated(() -> times.of(Step.FAIL, () -> {
            Await.untilTrue("task " + task.id() + " collected", LIMIT, () -> isCollected(task));
            return there.dispatch().fail(person(volunteer), task.id(), reason, key);
        }));
    }

    boolean confirm(Task task, UUID household) {
        var key = there.keys.of("confirm", task.id());
        return unlessOutdated(() ->
                times.of(Step.CONFIRM, () -> there.dispatch().confirm(there.resident(household), task.id(), key)));
    }

    private boolean isCollected(Task task) {
        return !there.dispatch().task(there.coordinator, task.id()).state().equals("accepted");
    }

    private Person person(UUID volunteer) {
        return there.volunteers().get(volunteer);
    }

    private static boolean unlessOutdated(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Refused refused) {
            if (refused.answer().status() != 409) {
                throw refused;
            }
            return false;
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
