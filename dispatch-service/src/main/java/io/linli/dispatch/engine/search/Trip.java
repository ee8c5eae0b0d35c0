package io.linli.dispatch.engine.search;

import java.util.Arrays;
import java.util.List;

/// Jobs done between two visits to the station, with what insertions are checked against in constant time.
final class Trip {
    int[] jobs = new int[8];
    int size;
    int route = -1;
    int index;
    /// The last round in which something was taken out.
    int mark;
    int weight;
    int volume;
    int release;
    /// When the vehicle could leave the station, when it does, and until when it could for all that follows to hold.
    int ready;
    int departure;
    int latestDeparture;
    /// What the lateness of its jobs costs.
    long late;

    int last() {
        return jobs[size - 1];
    }

    void insert(int job, int at) {
        if (size == jobs.length) {
            jobs = Arrays.copyOf(jobs, 2 * size);
        }
        System.arraycopy(jobs, at, jobs, at + 1, size - at);
        jobs[at] = job;
        size++;
    }

    void append(int job) {
        insert(job, size);
    }

    void append(Trip other) {
        for (int p = 0; p < other.size; p++) {
            append(other.jobs[p]);
        }
    }

    void remove(int from, int count) {
        System.arraycopy(jobs, from + count, jobs, from, size - from - count);
        size -= count;
    }

    List<Integer> toList() {
        return Arrays.stream(jobs, 0, size).boxed().toList();
    }

    void copy(Trip other) {
        if (jobs.length < other.size) {
            jobs = new int[other.jobs.length];
        }
        System.arraycopy(other.jobs, 0, jobs, 0, other.size);
        size = other.size;
        weight = other.weight;
        volume = other.volume;
        release = other.release;
        ready = other.ready;
        departure = other.departure;
        latestDeparture = other.latestDeparture;
        late = other.late;
    }
}
