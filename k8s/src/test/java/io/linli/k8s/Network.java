package io.linli.k8s;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who may speak to whom, as the base's policies decide it: a flow needs a rule at both of its ends.
final class Network {
    private static final String NAME = "app.kubernetes.io/name";

    /// A pod, ours or somebody else's, with the ports it listens on.
    record Pod(
            String id, Map<String, String> namespace, Map<String, String> labels, List<Integer> ports, boolean ours) {
        private static Pod ours(String id, Map<String, String> labels, List<Integer> ports) {
            return new Pod(id, Map.of("kubernetes.io/metadata.name", "linli"), labels, ports, true);
        }

        private static Pod foreign(String id, Map<String, String> namespace, Map<String, String> labels) {
            return new Pod(id, namespace, labels, List.of(), false);
        }
    }

    private Network() {}

    static List<String> deploymentsMatching(Map<String, String> labels) {
        return Base.all(Deployment.class).stream()
                .filter(deployment -> deployment
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(labels.entrySet()))
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
    }

    /// Our services, the pods that the operators make (labels and ports as their documentation names them), and who
    /// comes from outside.
    static List<Pod> pods() {
        var pods = new ArrayList<Pod>();
        Deployable.all()
                .forEach(service ->
                        pods.add(Pod.ours(service.module(), labels(service.module()), List.of(service.port()))));
        var postgresql = Base.name(Base.custom("Cluster").getFirst());
        var rabbitmq = Base.name(Base.custom("RabbitmqCluster").getFirst());
        pods.add(Pod.ours("postgresql", Map.of("cnpg.io/cluster", postgresql), List.of(5432, 8000, 9187)));
        pods.add(Pod.ours(
                "rabbitmq",
                Map.of(NAME, rabbitmq, "app.kubernetes.io/component", "rabbitmq"),
                List.of(4369, 5672, 15672, 15692, 25672, 35672, 35682)));
        pods.add(Pod.foreign("edge", Map.of("linli.io/edge", "true"), Map.of()));
        pods.add(Pod.foreign("prometheus", namespace("monitoring"), Map.of(NAME, "prometheus")));
        pods.add(Pod.foreign("operator", namespace("cnpg-system"), Map.of(NAME, "cloudnative-pg")));
        pods.add(Pod.foreign("stranger", namespace("default"), Map.of(NAME, "gateway")));
        pods.add(Pod.ours("newcomer", Map.of(NAME, "newcomer", "app.kubernetes.io/part-of", "linli"), List.of(8080)));
        return pods;
    }

    private static Map<String, String> labels(String service) {
        return Base.one(Deployment.class, service)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
    }

    private static Map<String, String> namespace(String name) {
        return Map.of("kubernetes.io/metadata.name", name);
    }

    /// Every allowed flow between two pods, as `from -> to:port`.
    static Set<String> flows() {
        var flows = new TreeSet<String>();
        for (var from : pods()) {
            for (var to : pods()) {
                to.ports().stream()
                        .filter(port -> maySend(from, to, port) && mayReceive(to, from, port))
                        .forEach(port -> flows.add(from.id() + " -> " + to.id() + ":" + port));
            }
        }
        return flows;
    }

    /// Rules between our own pods to which the other end has no counterpart.
    static Set<String> halfOpen() {
        var halfOpen = new TreeSet<String>();
        for (var from : pods().stream().filter(Pod::ours).toList()) {
            for (var to : pods().stream().filter(Pod::ours).toList()) {
                to.ports().stream()
                        .filter(port -> maySend(from, to, port) != mayReceive(to, from, port))
                        .forEach(port -> halfOpen.add(from.id() + " -> " + to.id() + ":" + port));
            }
        }
        return halfOpen;
    }

    private static boolean maySend(Pod from, Pod to, int port) {
        return !from.ours()
                || policies(from, "Egress").stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .anyMatch(rule -> names(rule.getTo(), to) && admits(rule.getPorts(), port));
    }

    private static boolean mayReceive(Pod to, Pod from, int port) {
        return policies(to, "Ingress").stream()
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .anyMatch(rule -> names(rule.getFrom(), from) && admits(rule.getPorts(), port));
    }

    static List<NetworkPolicy> policies(Pod pod, String direction) {
        return Base.all(NetworkPolicy.class).stream()
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
                .filter(policy -> matches(policy.getSpec().getPodSelector(), pod.labels()))
                .toList();
    }

    private static boolean names(List<NetworkPolicyPeer> peers, Pod pod) {
        return peers.stream().anyMatch(peer -> peer.getIpBlock() == null && names(peer, pod));
    }

    private static boolean names(NetworkPolicyPeer peer, Pod pod) {
        var rightNamespace = peer.getNamespaceSelector() == null
                ? pod.ours()
                : matches(peer.getNamespaceSelector(), pod.namespace());
        return rightNamespace && (peer.getPodSelector() == null || matches(peer.getPodSelector(), pod.labels()));
    }

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        if (selector.getMatchExpressions() != null
                && !selector.getMatchExpressions().isEmpty()) {
            throw new AssertionError("match expressions are not used here");
        }
        var wanted = selector.getMatchLabels();
        return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
    }

    private static boolean admits(List<NetworkPolicyPort> ports, int port) {
        return ports.stream().filter(rule -> !"UDP".equals(rule.getProtocol())).anyMatch(rule -> {
            var first = rule.getPort().getIntVal();
            var last = rule.getEndPort() == null ? first : rule.getEndPort();
            return first <= port && port <= last;
        });
    }
}
