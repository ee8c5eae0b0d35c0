package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTests {
    private static final String FLOWS = """
            edge -> gateway:8080
            gateway -> community-service:8081
            gateway -> dispatch-service:8085
            gateway -> group-buy-service:8082
            gateway -> partner-adapters:8083
            gateway -> station-service:8084
            dispatch-service -> community-service:8081
            group-buy-service -> community-service:8081
            partner-adapters -> community-service:8081
            station-service -> community-service:8081
            community-service -> partner-adapters:8083
            group-buy-service -> dispatch-service:8085
            group-buy-service -> station-service:8084
            community-service -> postgresql:5432
            dispatch-service -> postgresql:5432
            group-buy-service -> postgresql:5432
            partner-adapters -> postgresql:5432
            station-service -> postgresql:5432
            community-service -> rabbitmq:5672
            dispatch-service -> rabbitmq:5672
            group-buy-service -> rabbitmq:5672
            partner-adapters -> rabbitmq:5672
            station-service -> rabbitmq:5672
            operator -> postgresql:5432
            operator -> postgresql:8000
            postgresql -> postgresql:5432
            postgresql -> postgresql:8000
            rabbitmq -> rabbitmq:25672
            rabbitmq -> rabbitmq:35672
            rabbitmq -> rabbitmq:35682
            rabbitmq -> rabbitmq:4369
            prometheus -> community-service:8081
            prometheus -> dispatch-service:8085
            prometheus -> gateway:8080
            prometheus -> group-buy-service:8082
            prometheus -> partner-adapters:8083
            prometheus -> postgresql:9187
            prometheus -> rabbitmq:15692
            prometheus -> station-service:8084
            """;

    static Stream<Deployable> services() {
        return Deployable.all();
    }

    @Test
    void exactly_the_known_flows_are_open() {
        assertThat(String.join("\n", Network.flows()))
                .isEqualTo(String.join("\n", new TreeSet<>(FLOWS.lines().toList())));
    }

    @Test
    void no_rule_is_wider_than_its_counterpart() {
        assertThat(Network.halfOpen()).isEmpty();
    }

    @Test
    void every_pod_is_closed_in_both_directions_until_a_policy_opens_it() {
        assertThat(Network.pods().stream().filter(Network.Pod::ours)).allSatisfy(pod -> {
            assertThat(Network.policies(pod, "Ingress")).isNotEmpty();
            assertThat(Network.policies(pod, "Egress")).isNotEmpty();
        });
        var denial = Base.one(NetworkPolicy.class, "default-deny").getSpec();

        assertThat(denial.getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(denial.getIngress()).isEmpty();
        assertThat(denial.getEgress()).isEmpty();
    }

    @Test
    void every_selector_names_a_pod_that_exists() {
        assertThat(peers())
                .filteredOn(peer -> peer.getPodSelector() != null && peer.getNamespaceSelector() == null)
                .allSatisfy(peer -> assertThat(Network.pods())
                        .filteredOn(Network.Pod::ours)
                        .anyMatch(pod -> Network.matches(peer.getPodSelector(), pod.labels())));
    }

    @Test
    void only_who_has_partners_outside_may_leave_the_cluster() {
        var outward = Base.all(NetworkPolicy.class).stream()
                .flatMap(policy -> policy.getSpec().getEgress().stream()
                        .filter(rule -> rule.getTo().stream().anyMatch(peer -> peer.getIpBlock() != null))
                        .map(rule -> policy.getMetadata().getName() + " "
                                + rule.getPorts().stream()
                                        .map(port ->
                                                String.valueOf(port.getPort().getIntVal()))
                                        .collect(Collectors.joining(","))))
                .toList();
        var partners = Base.one(NetworkPolicy.class, "partner-adapters").getSpec().getEgress().stream()
                .flatMap(rule -> rule.getTo().stream())
                .filter(peer -> peer.getIpBlock() != null)
                .toList();

        assertThat(outward)
                .containsExactlyInAnyOrder(
                        "partner-adapters 443", "linli-postgresql 443,6443", "linli-rabbitmq 443,6443");
        assertThat(partners)
                .singleElement()
                .satisfies(peer -> assertThat(peer.getIpBlock().getExcept())
                        .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"));
    }

    @Test
    void every_pod_may_ask_for_names() {
        var dns = Base.one(NetworkPolicy.class, "dns").getSpec();

        assertThat(dns.getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(dns.getEgress())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getPorts())
                        .extracting(port -> port.getProtocol() + port.getPort().getIntVal())
                        .containsExactlyInAnyOrder("UDP53", "TCP53"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_address_a_service_is_given_can_be_reached(Deployable service) {
        var given = service.variables().entrySet().stream()
                .filter(variable -> variable.getValue().startsWith("http://"))
                .map(Map.Entry::getValue)
                .map(URI::create)
                .map(address -> service.module() + " -> " + address.getHost() + ":" + address.getPort())
                .toList();

        assertThat(Network.flows()).containsAll(given);
    }

    private static List<NetworkPolicyPeer> peers() {
        return Base.all(NetworkPolicy.class).stream()
                .map(NetworkPolicy::getSpec)
                .flatMap(spec -> Stream.concat(
                        spec.getIngress().stream().flatMap(rule -> rule.getFrom().stream()),
                        spec.getEgress().stream().flatMap(rule -> rule.getTo().stream())))
                .toList();
    }
}
