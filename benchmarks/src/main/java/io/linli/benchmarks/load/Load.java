package io.linli.benchmarks.load;

import java.util.Arrays;
import java.util.Map;

/// What came of one load.
///
/// *Units:* seconds of the measured window, nanoseconds per answer.
///
/// @param nanos how long each request begun in the window took, sorted
/// @param answered answers within the window by status
/// @param answeredInAll answers by status, those of the warm-up and of the end too
/// @param unknown requests whose answer never came: what became of them only the tables know
/// @param samples the first body of each status but 201
public record Load(
        double seconds,
        long[] nanos,
        Map<Integer, Long> answered,
        Map<Integer, Long> answeredInAll,
        long unknown,
        Map<Integer, String> samples) {

    private static final double NANOS_PER_MILLI = 1e6;

    /// Answers of any status per second.
    public double rate() {
        return answered.values().stream().mapToLong(Long::longValue).sum() / seconds;
    }

    public long answered(int status) {
        return answered.getOrDefault(status, 0L);
    }

    public long answeredInAll(int status) {
        return answeredInAll.getOrDefault(status, 0L);
    }

    /// The smallest time within which this share of the requests was answered, in milliseconds; NaN without any.
    public double millis(double share) {
        return percentile(nanos, share) / NANOS_PER_MILLI;
    }

    static double percentile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    static long[] sorted(long[] values, int count) {
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
