package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataStoreTests {
    /// Beside its pool a replica holds one connection that listens and, at its start, two that migrate.
    private static final int CONNECTIONS_BESIDE_THE_POOL = 3;

    /// For the operator, replication, metrics and a person who looks.
    private static final int CONNECTIONS_FOR_OTHERS = 20;

    private static final Map<String, Object> POSTGRESQL = Base.custom("Cluster").getFirst();
    private static final Map<String, Object> RABBITMQ =
            Base.custom("RabbitmqCluster").getFirst();

    static Stream<Deployable> servicesWithDatabase() {
        return Deployable.all().filter(Deployable::hasDatabase);
    }

    @Test
    void every_service_with_a_database_has_one_and_there_is_no_other() {
        assertThat(Base.custom("Database"))
                .extracting(database -> Base.at(database, "spec", "name"))
                .containsExactlyInAnyOrderElementsOf(
                        servicesWithDatabase().map(DataStoreTests::databaseName).toList());
    }

    @ParameterizedTest
    @MethodSource("servicesWithDatabase")
    void the_database_belongs_to_the_migrating_role_and_the_running_role_owns_nothing(Deployable service) {
        var database = database(service);
        var variables = service.variables();

        assertThat(Base.at(database, "spec", "cluster", "name")).isEqualTo(Base.name(POSTGRESQL));
        assertThat(Base.at(database, "spec", "owner")).isEqualTo(variables.get("LINLI_DATABASE_OWNER_USERNAME"));
        assertThat(variables.get("LINLI_DATABASE_USERNAME"))
                .isNotEqualTo(variables.get("LINLI_DATABASE_OWNER_USERNAME"));
        assertThat(variables.get("LINLI_DATABASE_HOST")).isEqualTo(Base.name(POSTGRESQL) + "-rw");
    }

    @ParameterizedTest
    @MethodSource("servicesWithDatabase")
    void each_role_has_the_password_its_service_uses(Deployable service) {
        for (var role : List.of("LINLI_DATABASE_USERNAME", "LINLI_DATABASE_OWNER_USERNAME")) {
            var secret = Base.container(service.module()).getEnv().stream()
                    .filter(variable -> variable.getName().equals(role))
                    .map(variable -> variable.getValueFrom().getSecretKeyRef().getName())
                    .findFirst()
                    .orElseThrow();
            var managed = roles().stream()
                    .filter(candidate ->
                            candidate.get("name").equals(service.variables().get(role)))
                    .toList();

            assertThat(managed).singleElement().satisfies(found -> {
                assertThat(Base.at(found, "passwordSecret", "name")).isEqualTo(secret);
                assertThat(found).containsEntry("login", true).containsEntry("ensure", "present");
            });
        }
    }

    @Test
    void no_role_is_left_over_and_none_has_a_privilege() {
        assertThat(roles())
                .hasSize(2 * (int) servicesWithDatabase().count())
                .allSatisfy(role -> assertThat(role).containsOnlyKeys("name", "ensure", "login", "passwordSecret"));
    }

    @Test
    void each_database_admits_its_two_roles_and_all_else_is_rejected() {
        var expected = servicesWithDatabase()
                .map(service -> "host %s %s,%s all scram-sha-256"
                        .formatted(
                                databaseName(service),
                                service.variables().get("LINLI_DATABASE_OWNER_USERNAME"),
                                service.variables().get("LINLI_DATABASE_USERNAME")))
                .toList();
        var lines = Base.texts(POSTGRESQL, "spec", "postgresql", "pg_hba");

        assertThat(lines.subList(0, lines.size() - 1)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(lines.getLast()).isEqualTo("host all all all reject");
    }

    @Test
    void the_connections_of_all_replicas_fit() {
        var wanted = servicesWithDatabase()
                .mapToInt(service -> replicasAtMost(service) * (pool(service) + CONNECTIONS_BESIDE_THE_POOL))
                .sum();
        var allowed = (String) Base.at(POSTGRESQL, "spec", "postgresql", "parameters", "max_connections");

        assertThat(wanted + CONNECTIONS_FOR_OTHERS).isLessThanOrEqualTo(Integer.parseInt(allowed));
    }

    @Test
    void a_confirmed_commit_is_on_two_of_three_instances() {
        assertThat(Base.at(POSTGRESQL, "spec", "instances")).isEqualTo(3);
        assertThat(Base.at(POSTGRESQL, "spec", "postgresql", "synchronous"))
                .isEqualTo(Map.of("method", "any", "number", 1));
    }

    @Test
    void the_broker_keeps_quorum_queues_on_three_nodes_and_drops_no_message_for_its_returns() {
        assertThat(Base.at(RABBITMQ, "spec", "replicas")).isEqualTo(3);
        assertThat(((String) Base.at(RABBITMQ, "spec", "rabbitmq", "additionalConfig")).lines())
                .contains("default_queue_type = quorum", "cluster_partition_handling = pause_minority")
                .anyMatch(line -> line.matches("default_policies\\.operator\\.\\w+\\.delivery_limit = \\d{9,}"));
    }

    @Test
    void the_broker_makes_the_user_that_the_services_use() {
        var secret = (String) Base.at(RABBITMQ, "spec", "secretBackend", "externalSecret", "name");
        var user = GeneratedSecrets.values(secret);
        var host = Base.name(RABBITMQ) + ".linli.svc";

        assertThat(user.get("default_user.conf").lines())
                .containsExactly("default_user = " + user.get("username"), "default_pass = " + user.get("password"));
        assertThat(user.get("connection_string"))
                .isEqualTo("amqp://%s:%s@%s:5672", user.get("username"), user.get("password"), host);
        assertThat(servicesWithDatabase())
                .allMatch(
                        service -> service.variables().get("LINLI_RABBITMQ_URL").equals(user.get("connection_string")));
    }

    @Test
    void the_brokers_pods_meet_the_restricted_standard() {
        var pod = StrictModels.parse(
                Base.at(RABBITMQ, "spec", "override", "statefulSet", "spec", "template", "spec"), PodSpec.class);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream()))
                .extracting(container -> container.getName())
                .containsExactly("rabbitmq", "setup-container");
        assertThat(Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                        .map(container -> container.getSecurityContext()))
                .allMatch(DataStoreTests::mayDoNothing);
    }

    private static boolean mayDoNothing(SecurityContext context) {
        return !context.getAllowPrivilegeEscalation()
                && context.getCapabilities().getDrop().equals(List.of("ALL"));
    }

    private static int replicasAtMost(Deployable service) {
        var surge = Base.one(Deployment.class, service.module())
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxSurge()
                .getIntVal();
        return surge
                + Base.one(HorizontalPodAutoscaler.class, service.module())
                        .getSpec()
                        .getMaxReplicas();
    }

    private static int pool(Deployable service) {
        var key = "linli.database.connections-max";
        var standard = service.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .flatMap(SettingsSource.Setting::standard)
                .orElseThrow();
        return Integer.parseInt(service.environment().getProperty(key, standard));
    }

    private static List<Map<String, Object>> roles() {
        return Base.maps(POSTGRESQL, "spec", "managed", "roles");
    }

    private static String databaseName(Deployable service) {
        return service.environment().getRequiredProperty("linli.database.name");
    }

    private static Map<String, Object> database(Deployable service) {
        return Base.custom("Database").stream()
                .filter(database -> Base.at(database, "spec", "name").equals(databaseName(service)))
                .findFirst()
                .orElseThrow();
    }
}
