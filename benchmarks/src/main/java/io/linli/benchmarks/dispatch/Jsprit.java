package io.linli.benchmarks.dispatch;

import com.graphhopper.jsprit.core.algorithm.box.Jsprit.Builder;
import com.graphhopper.jsprit.core.algorithm.box.Jsprit.Parameter;
import com.graphhopper.jsprit.core.algorithm.termination.TimeTermination;
import com.graphhopper.jsprit.core.problem.Location;
import com.graphhopper.jsprit.core.problem.VehicleRoutingProblem;
import com.graphhopper.jsprit.core.problem.cost.VehicleRoutingTransportCosts;
import com.graphhopper.jsprit.core.problem.job.Service;
import com.graphhopper.jsprit.core.problem.solution.VehicleRoutingProblemSolution;
import com.graphhopper.jsprit.core.problem.solution.route.VehicleRoute;
import com.graphhopper.jsprit.core.problem.solution.route.activity.TimeWindow;
import com.graphhopper.jsprit.core.problem.solution.route.activity.TourActivity;
import com.graphhopper.jsprit.core.problem.vehicle.VehicleImpl;
import com.graphhopper.jsprit.core.problem.vehicle.VehicleTypeImpl;
import com.graphhopper.jsprit.core.util.FastVehicleRoutingTransportCostsMatrix;
import com.graphhopper.jsprit.core.util.Solutions;
import io.linli.dispatch.engine.Plan;
import io.linli.dispatch.engine.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// GraphHopper's ruin-and-recreate library on one thread, with its default strategies.
///
/// *Source:* jsprit 1.9.0-beta.11.
record Jsprit() implements RoutePlanner {
    @Override
    public String name() {
        return "jsprit";
    }

    /// One trip per vehicle and no release times, which it has no words for.
    @Override
    public boolean canPlan(Instance instance) {
        return instance.kind() == Instance.Kind.SOLOMON;
    }

    @Override
    public Plan plan(Instance instance, Duration limit, long seed) {
        var algorithm = Builder.newInstance(toProblem(instance.problem()))
                .setProperty(Parameter.THREADS, "1")
                .setProperty(Parameter.FAST_REGRET, "true")
                .setRandom(new Random(seed))
                .buildAlgorithm();
        algorithm.setMaxIterations(Integer.MAX_VALUE);
        var time = new TimeTermination(limit.toMillis());
        algorithm.setPrematureAlgorithmTermination(time);
        algorithm.addListener(time);
        return toPlan(instance.problem(), Solutions.bestOf(algorithm.searchSolutions()));
    }

    private static VehicleRoutingProblem toProblem(Problem problem) {
        var builder = VehicleRoutingProblem.Builder.newInstance()
                .setFleetSize(VehicleRoutingProblem.FleetSize.FINITE)
                .setRoutingCost(costs(problem));
        var carrier = problem.vehicles().getFirst();
        var type = VehicleTypeImpl.Builder.newInstance("carrier")
                .addCapacityDimension(0, carrier.capacity().weight())
                .setCostPerDistance(1)
                .build();
        for (int vehicle = 0; vehicle < problem.vehicles().size(); vehicle++) {
            builder.addVehicle(VehicleImpl.Builder.newInstance(Integer.toString(vehicle))
                    .setType(type)
                    .setStartLocation(Location.newInstance(0))
                    .setEarliestStart(carrier.shift().from())
                    .setLatestArrival(carrier.shift().to())
                    .build());
        }
        for (int job = 0; job < problem.jobs().size(); job++) {
            builder.addJob(toService(problem, job));
        }
        return builder.build();
    }

    private static Service toService(Problem problem, int number) {
        var job = problem.jobs().get(number);
        var window = job.windows().getFirst();
        return Service.Builder.newInstance(Integer.toString(number))
                .setLocation(Location.newInstance(job.place()))
                .addSizeDimension(0, job.load().weight())
                .setServiceTime(job.service())
                .setTimeWindow(TimeWindow.newInstance(window.from(), window.to()))
                .build();
    }

    private static VehicleRoutingTransportCosts costs(Problem problem) {
        var matrix = problem.matrix();
        var builder = FastVehicleRoutingTransportCostsMatrix.Builder.newInstance(matrix.size(), false);
        for (int from = 0; from < matrix.size(); from++) {
            for (int to = 0; to < matrix.size(); to++) {
                int at = from * matrix.size() + to;
                builder.addTransportTimeAndDistance(from, to, matrix.times()[at], matrix.distances()[at]);
            }
        }
        return builder.build();
    }

    private static Plan toPlan(Problem problem, VehicleRoutingProblemSolution solution) {
        return Tours.toPlan(
                problem, solution.getRoutes().stream().map(Jsprit::toTour).toList());
    }

    private static List<Integer> toTour(VehicleRoute route) {
        return route.getActivities().stream()
                .map(activity -> ((TourActivity.JobActivity) activity).getJob().getId())
                .map(Integer::valueOf)
                .toList();
    }
}
