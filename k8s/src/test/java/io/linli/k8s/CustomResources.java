package io.linli.k8s;

import static io.linli.k8s.Shape.fields;
import static io.linli.k8s.Shape.text;
import static io.linli.k8s.Shape.truth;
import static io.linli.k8s.Shape.whole;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of the operators' resources that the base uses, with their types.
/// *Source:* API references of CloudNativePG 1.25 to 1.29 (`postgresql.cnpg.io/v1` Cluster and Database) and of the
/// RabbitMQ cluster operator 2 (`rabbitmq.com/v1beta1` RabbitmqCluster).
final class CustomResources {
    private static final Shape NAMED = fields(Map.of("name", text()));

    private static final Shape ROLE = fields(Map.of(
            "name", text(),
            "ensure", text(),
            "login", truth(),
            "passwordSecret", NAMED));

    private static final Shape CLUSTER = fields(Map.of(
            "instances", whole(),
            "imageName", text(),
            "primaryUpdateStrategy", text(),
            "postgresql",
                    fields(Map.of(
                            "parameters", new Shape.Texts(),
                            "pg_hba", new Shape.Items(text()),
                            "synchronous", fields(Map.of("method", text(), "number", whole())))),
            "managed", fields(Map.of("roles", new Shape.Items(ROLE))),
            "storage", fields(Map.of("size", text(), "storageClass", text())),
            "resources", new Shape.Model(ResourceRequirements.class),
            "affinity", fields(Map.of("enablePodAntiAffinity", truth(), "topologyKey", text()))));

    private static final Shape DATABASE = fields(Map.of(
            "cluster", NAMED,
            "name", text(),
            "owner", text(),
            "databaseReclaimPolicy", text()));

    private static final Shape RABBITMQ = fields(Map.of(
            "replicas",
            whole(),
            "persistence",
            fields(Map.of("storage", text(), "storageClassName", text())),
            "resources",
            new Shape.Model(ResourceRequirements.class),
            "secretBackend",
            fields(Map.of("externalSecret", NAMED)),
            "rabbitmq",
            fields(Map.of("additionalConfig", text())),
            "override",
            within("statefulSet", within("spec", within("template", within("spec", new Shape.Model(PodSpec.class)))))));

    private static final Map<String, Shape> SPECS = Map.of(
            "postgresql.cnpg.io/v1/Cluster", CLUSTER,
            "postgresql.cnpg.io/v1/Database", DATABASE,
            "rabbitmq.com/v1beta1/RabbitmqCluster", RABBITMQ);

    private CustomResources() {}

    private static Shape within(String name, Shape shape) {
        return fields(Map.of(name, shape));
    }

    static boolean knows(Map<String, Object> document) {
        return SPECS.containsKey(StrictModels.typeOf(document));
    }

    static List<String> refuse(Map<String, Object> document) {
        var known = new HashMap<String, Shape>();
        known.put("apiVersion", text());
        known.put("kind", text());
        known.put("metadata", new Shape.Model(ObjectMeta.class));
        known.put("spec", SPECS.get(StrictModels.typeOf(document)));
        return fields(known).refuse((String) document.get("kind"), document);
    }
}
