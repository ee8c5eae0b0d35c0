package io.linli.local.client;

import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does many small things at once, a bounded number in flight; the first failure stops what has not begun.
public final class Crew {

    private final int inFlight;

    public Crew(int inFlight) {
        this.inFlight = inFlight;
    }

    public <T> void each(Collection<T> all, Consumer<T> work) {
        var free = new Semaphore(inFlight);
        var failure = new AtomicReference<@Nullable RuntimeException>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : all) {
                free.acquireUninterruptibly();
                if (failure.get() != null) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        work.accept(one);
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        free.release();
                    }
                });
            }
        }
        var first = failure.get();
        if (first != null) {
            throw first;
        }
    }
}
