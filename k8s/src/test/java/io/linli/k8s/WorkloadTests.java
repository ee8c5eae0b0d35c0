package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;

class WorkloadTests {

    static Stream<Deployable> services() {
        return Deployable.all();
    }

    @Test
    void every_service_of_the_build_is_deployed_and_nothing_else() {
        assertThat(Base.all(Deployment.class))
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(
                        services().map(Deployable::module).toList());
    }

    @ParameterizedTest
    @MethodSource("services")
    void selectors_match_the_pods_of_this_service_alone(Deployable service) {
        var deployment = Base.one(Deployment.class, service.module());
        var selectors = Stream.of(
                        Stream.of(deployment.getSpec().getSelector().getMatchLabels()),
                        Stream.of(Base.one(Service.class, service.module())
                                .getSpec()
                                .getSelector()),
                        Stream.of(Base.one(PodDisruptionBudget.class, service.module())
                                .getSpec()
                                .getSelector()
                                .getMatchLabels()),
                        pod(service).getTopologySpreadConstraints().stream()
                                .map(spread -> spread.getLabelSelector().getMatchLabels()))
                .flatMap(selector -> selector)
                .toList();

        assertThat(selectors)
                .hasSize(5)
                .allSatisfy(selector ->
                        assertThat(Network.deploymentsMatching(selector)).containsExactly(service.module()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void the_ports_are_the_one_the_service_listens_on(Deployable service) {
        var container = Base.container(service.module());
        var annotations = Base.one(Deployment.class, service.module())
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
        var ports = Base.one(Service.class, service.module()).getSpec().getPorts();

        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(service.port());
        });
        assertThat(ports).singleElement().satisfies(port -> {
            assertThat(port.getPort()).isEqualTo(service.port());
            assertThat(port.getTargetPort().getStrVal()).isEqualTo("http");
        });
        assertThat(annotations).containsEntry("prometheus.io/port", String.valueOf(service.port()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void probes_and_scrapes_ask_for_what_the_service_serves(Deployable service) {
        var container = Base.container(service.module());
        var settings = service.environment();
        var groups = "management.endpoint.health.group.";
        var scraped = Base.one(Deployment.class, service.module())
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("prometheus.io/path");

        for (var probe : List.of(container.getStartupProbe(), container.getLivenessProbe())) {
            assertThat("server:" + probe.getHttpGet().getPath())
                    .isEqualTo(settings.getProperty(groups + "liveness.additional-path"));
        }
        assertThat("server:" + container.getReadinessProbe().getHttpGet().getPath())
                .isEqualTo(settings.getProperty(groups + "readiness.additional-path"));
        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .allMatch(probe -> probe.getHttpGet().getPort().getStrVal().equals("http"));
        assertThat(settings.getProperty("management.endpoint.health.probes.enabled"))
                .isEqualTo("true");
        assertThat(settings.getProperty("management.endpoints.web.exposure.include")
                        .split(","))
                .contains("health", scraped.replace("/actuator/", ""));
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_pod_that_is_told_to_stop_has_time_to_finish(Deployable service) {
        var settings = service.environment();
        var phase = DurationStyle.detectAndParse(
                settings.getRequiredProperty("spring.lifecycle.timeout-per-shutdown-phase"));
        var sleep = Duration.ofSeconds(Base.container(service.module())
                .getLifecycle()
                .getPreStop()
                .getSleep()
                .getSeconds());

        assertThat(settings.getProperty("server.shutdown")).isEqualTo("graceful");
        assertThat(sleep).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
        assertThat(Duration.ofSeconds(pod(service).getTerminationGracePeriodSeconds()))
                .isGreaterThanOrEqualTo(sleep.plus(phase.multipliedBy(2)).plusSeconds(5));
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_pod_may_do_nothing_it_does_not_need(Deployable service) {
        var pod = pod(service);
        var container = Base.container(service.module());
        var allowed = container.getSecurityContext();

        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(ContainerfileTests.UID);
        assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(ContainerfileTests.UID);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(allowed.getAllowPrivilegeEscalation()).isFalse();
        assertThat(allowed.getReadOnlyRootFilesystem()).isTrue();
        assertThat(allowed.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(allowed.getCapabilities().getAdd()).isEmpty();
        assertThat(container.getVolumeMounts())
                .singleElement()
                .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
        assertThat(pod.getVolumes()).singleElement().satisfies(volume -> {
            assertThat(volume.getName())
                    .isEqualTo(container.getVolumeMounts().getFirst().getName());
            assertThat(volume.getEmptyDir()).isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void memory_is_reserved_in_full_and_processor_time_in_part(Deployable service) {
        var resources = Base.container(service.module()).getResources();

        assertThat(resources.getRequests().get("memory"))
                .isEqualTo(resources.getLimits().get("memory"));
        assertThat(resources.getRequests().get("cpu").getNumericalAmount())
                .isPositive()
                .isLessThan(resources.getLimits().get("cpu").getNumericalAmount());
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_drained_node_never_takes_the_last_pod(Deployable service) {
        var scaling = Base.one(HorizontalPodAutoscaler.class, service.module()).getSpec();
        var budget = Base.one(PodDisruptionBudget.class, service.module()).getSpec();
        var target = scaling.getScaleTargetRef();
        var deployment = Base.one(Deployment.class, target.getName());

        assertThat(target.getKind()).isEqualTo(deployment.getKind());
        assertThat(target.getApiVersion()).isEqualTo(deployment.getApiVersion());
        assertThat(deployment.getSpec().getReplicas())
                .as("left to the autoscaler")
                .isNull();
        assertThat(budget.getMinAvailable().getIntVal()).isPositive().isLessThan(scaling.getMinReplicas());
        assertThat(scaling.getMaxReplicas()).isGreaterThan(scaling.getMinReplicas());
    }

    @Test
    void the_edge_leads_to_the_gateway_over_https_only() {
        var gateway = Base.one(Gateway.class, "linli");
        var route = Base.one(HTTPRoute.class, "linli").getSpec();
        var plain = Base.one(HTTPRoute.class, "linli-to-https").getSpec();
        var backend = route.getRules().getFirst().getBackendRefs().getFirst();
        var ports = Base.one(Service.class, backend.getName()).getSpec().getPorts();

        assertThat(backend.getName()).isEqualTo("gateway");
        assertThat(backend.getPort()).isEqualTo(ports.getFirst().getPort());
        assertThat(gateway.getSpec().getListeners())
                .extracting(listener -> listener.getName() + " " + listener.getProtocol())
                .containsExactly("http HTTP", "https HTTPS");
        assertThat(route.getParentRefs()).singleElement().satisfies(parent -> {
            assertThat(parent.getName()).isEqualTo(gateway.getMetadata().getName());
            assertThat(parent.getSectionName()).isEqualTo("https");
        });
        assertThat(plain.getParentRefs().getFirst().getSectionName()).isEqualTo("http");
        assertThat(plain.getRules()).allMatch(rule -> rule.getBackendRefs().isEmpty());
    }

    private static PodSpec pod(Deployable service) {
        return Base.one(Deployment.class, service.module())
                .getSpec()
                .getTemplate()
                .getSpec();
    }
}
