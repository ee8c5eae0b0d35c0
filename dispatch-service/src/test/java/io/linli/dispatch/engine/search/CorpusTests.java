package io.linli.dispatch.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.engine.Budget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Results may not get worse unnoticed: what a number of steps reached is recorded per problem. Who makes the search
/// better records anew what the failure prints.
class CorpusTests {
    private static final int PROBLEMS = 16;
    private static final int STEPS = 2_000;
    private static final double ONE_MAY_LOSE = 0.03;

    private record Result(int undone, long cost) {
        static Result of(String line) {
            var words = line.split(" ");
            return new Result(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        }
    }

    @Test
    void no_result_gets_worse_by_much_and_all_together_not_at_all() throws IOException {
        var recorded = recorded();
        var found = found();

        var text = found.entrySet().stream()
                .map(entry -> "%s %d %d"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().undone(),
                                entry.getValue().cost()))
                .collect(Collectors.joining("\n"));
        assertThat(found).as(text).hasSameSizeAs(recorded).allSatisfy((name, result) -> {
            assertThat(result.undone()).isLessThanOrEqualTo(recorded.get(name).undone());
            if (result.undone() == recorded.get(name).undone()) {
                assertThat((double) result.cost())
                        .isLessThanOrEqualTo(recorded.get(name).cost() * (1 + ONE_MAY_LOSE));
            }
        });
        assertThat(total(found)).as(text).isLessThanOrEqualTo(total(recorded));
    }

    /// As shares of what is recorded would weigh all alike; the sum is enough, the problems are of one size.
    private static long total(Map<String, Result> results) {
        return results.values().stream().mapToLong(Result::cost).sum();
    }

    private static Map<String, Result> found() {
        return IntStream.range(0, PROBLEMS)
                .boxed()
                .collect(Collectors.toMap(
                        seed -> "any-" + seed, CorpusTests::solve, (one, _) -> one, LinkedHashMap::new));
    }

    private static Result solve(int seed) {
        var problem = Problems.of(new SplittableRandom(seed), 60, 8, 1 + seed % 3);
        var plan = new Solver(problem, seed).solve(new Budget.Iterations(STEPS), () -> false);
        return new Result(plan.undone().size(), PlanCheck.holds(problem, plan));
    }

    private static Map<String, Result> recorded() throws IOException {
        try (var file = CorpusTests.class.getResourceAsStream("/engine/corpus.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toMap(
                            line -> line.split(" ")[0], Result::of, (one, _) -> one, LinkedHashMap::new));
        }
    }
}
