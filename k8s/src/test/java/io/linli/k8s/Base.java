package io.linli.k8s;

import static io.linli.k8s.Kustomization.list;
import static io.linli.k8s.Kustomization.map;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// `k8s/base` as rendered, seen as Kubernetes' types where a library has them and as maps elsewhere.
final class Base {
    static final Path REPOSITORY = Path.of("..");
    static final Path FOLDER = Path.of("base");
    static final List<Map<String, Object>> DOCUMENTS = Kustomization.render(FOLDER);

    private Base() {}

    static <T extends HasMetadata> List<T> all(Class<T> type) {
        return DOCUMENTS.stream()
                .filter(StrictModels::knows)
                .map(StrictModels::parse)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static <T extends HasMetadata> T one(Class<T> type, String name) {
        var found = all(type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " " + type.getSimpleName() + " named " + name);
        }
        return found.getFirst();
    }

    static Container container(String service) {
        return one(Deployment.class, service)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    /// The documents of a kind that only an operator knows.
    static List<Map<String, Object>> custom(String kind) {
        return DOCUMENTS.stream()
                .filter(CustomResources::knows)
                .filter(document -> document.get("kind").equals(kind))
                .toList();
    }

    static String name(Map<String, Object> document) {
        return (String) at(document, "metadata", "name");
    }

    static Object at(Map<String, Object> document, String... path) {
        Object value = document;
        for (var name : path) {
            value = map(value).get(name);
        }
        return value;
    }

    static List<Map<String, Object>> maps(Map<String, Object> document, String... path) {
        return list(at(document, path)).stream().map(Kustomization::map).toList();
    }

    static List<String> texts(Map<String, Object> document, String... path) {
        return Arrays.asList(list(at(document, path)).toArray(String[]::new));
    }
}
