package io.linli.groupbuy.ordering.desk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A queue in front of one worker that takes all who wait at once: while a batch is under way the next one gathers, and
/// who comes to an idle lane is served without delay.
final class Lane<T> {
    private final int waitingMax;
    private final int batchMax;
    private final Function<List<T>, CompletableFuture<?>> worker;
    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean busy;

    /// @param worker serves one batch in the order of arrival; its future ends when the next may begin
    Lane(int waitingMax, int batchMax, Function<List<T>, CompletableFuture<?>> worker) {
        this.waitingMax = waitingMax;
        this.batchMax = batchMax;
        this.worker = worker;
    }

    /// False when too many wait already.
    boolean offer(T newcomer) {
        synchronized (this) {
            if (waiting.size() >= waitingMax) {
                return false;
            }
            waiting.add(newcomer);
            if (busy) {
                return true;
            }
            busy = true;
        }
        next();
        return true;
    }

    private void next() {
        var batch = gather();
        if (!batch.isEmpty()) {
            worker.apply(batch).whenComplete((_, _) -> next());
        }
    }

    private synchronized List<T> gather() {
        var batch = new ArrayList<T>(Math.min(batchMax, waiting.size()));
        while (batch.size() < batchMax && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        busy = !batch.isEmpty();
        return batch;
    }

    synchronized int size() {
        return waiting.size();
    }
}
