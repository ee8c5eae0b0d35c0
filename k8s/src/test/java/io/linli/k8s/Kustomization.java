package io.linli.k8s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of kustomize that `k8s/base` uses: resources, namespace and labels. Any other key is refused, so that this
/// never renders something else than kustomize does.
final class Kustomization {
    private static final Set<String> KNOWN = Set.of("apiVersion", "kind", "resources", "namespace", "labels");
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");
    private static final Set<String> WITH_POD_TEMPLATE = Set.of("Deployment");

    private Kustomization() {}

    static List<Map<String, Object>> render(Path folder) {
        var kustomization = Yaml.read(folder.resolve("kustomization.yaml")).getFirst();
        if (!KNOWN.containsAll(kustomization.keySet())) {
            throw new IllegalStateException(folder + " uses " + kustomization.keySet() + ", known are " + KNOWN);
        }
        var documents = new ArrayList<Map<String, Object>>();
        for (var resource : list(kustomization.get("resources"))) {
            var path = folder.resolve((String) resource);
            documents.addAll(Files.isDirectory(path) ? render(path) : Yaml.read(path));
        }
        if (kustomization.get("namespace") instanceof String namespace) {
            documents.forEach(document -> setNamespace(document, namespace));
        }
        list(kustomization.get("labels"))
                .forEach(labels -> documents.forEach(document -> label(document, map(labels))));
        return documents;
    }

    private static void setNamespace(Map<String, Object> document, String namespace) {
        if (!CLUSTER_WIDE.contains(document.get("kind"))) {
            child(document, "metadata").put("namespace", namespace);
        }
    }

    private static void label(Map<String, Object> document, Map<String, Object> labels) {
        var pairs = map(labels.get("pairs"));
        child(child(document, "metadata"), "labels").putAll(pairs);
        if (labels.get("includeTemplates") == Boolean.TRUE && WITH_POD_TEMPLATE.contains(document.get("kind"))) {
            var template = child(child(document, "spec"), "template");
            child(child(template, "metadata"), "labels").putAll(pairs);
        }
    }

    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return map(parent.computeIfAbsent(name, _ -> new LinkedHashMap<>()));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
