package io.linli.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Counts what one load is answered. A request belongs to the window by its beginning, an answer by its end.
final class Tally {
    private static final int CREATED = 201;
    private static final int SAMPLE_LENGTH = 400;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Integer, Long> answered = new TreeMap<>();
    private final Map<Integer, Long> answeredInAll = new TreeMap<>();
    private final Map<Integer, String> samples = new TreeMap<>();
    private final long from;
    private final long to;
    private long[] nanos = new long[1 << 16];
    private int count;
    private long unknown;

    Tally(long begin, Duration warmUp, Duration measured) {
        from = begin + warmUp.toNanos();
        to = from + measured.toNanos();
    }

    long end() {
        return to;
    }

    void answer(ResponseReader response, long begun, long now) {
        int status = response.status();
        answeredInAll.merge(status, 1L, Long::sum);
        if (now >= from && now < to) {
            answered.merge(status, 1L, Long::sum);
        }
        if (begun >= from) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = now - begun;
        }
        if (status != CREATED && !samples.containsKey(status)) {
            var body = response.body();
            samples.put(status, body.substring(0, Math.min(body.length(), SAMPLE_LENGTH)));
        }
    }

    void unknown() {
        unknown++;
    }

    Load toLoad() {
        double seconds = (to - from) / NANOS_PER_SECOND;
        return new Load(seconds, Load.sorted(nanos, count), answered, answeredInAll, unknown, samples);
    }
}
