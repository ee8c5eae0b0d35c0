package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RenderingTests {

    @Test
    void the_base_renders_as_kubectl_renders_it() throws Exception {
        assumeTrue(kubectlIsInstalled(), "kubectl is not on the PATH");
        var process = new ProcessBuilder("kubectl", "kustomize", "base")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(byName(Base.DOCUMENTS)).isEqualTo(byName(Yaml.parse(rendered)));
    }

    @TestFactory
    Stream<DynamicTest> every_document_has_only_known_fields_of_the_right_type() {
        return Base.DOCUMENTS.stream()
                .map(document -> DynamicTest.dynamicTest(id(document), () -> {
                    if (CustomResources.knows(document)) {
                        assertThat(CustomResources.refuse(document)).isEmpty();
                    } else {
                        assertThat(StrictModels.knows(document)).isTrue();
                        assertThat(StrictModels.parse(document).getMetadata().getName())
                                .isNotBlank();
                    }
                }));
    }

    @Test
    void an_unknown_field_or_a_wrong_type_is_refused() {
        var misspelt = Map.<String, Object>of("apiVersion", "v1", "kind", "Service", "spec", Map.of("port", 1));
        var unquoted = Map.<String, Object>of("apiVersion", "v1", "kind", "ConfigMap", "data", Map.of("A", false));
        var quoted =
                Map.<String, Object>of("apiVersion", "apps/v1", "kind", "Deployment", "spec", Map.of("replicas", "2"));
        var foreign = Map.<String, Object>of(
                "apiVersion", "postgresql.cnpg.io/v1", "kind", "Database", "spec", Map.of("owners", "a", "name", 1));

        for (var wrong : List.of(misspelt, unquoted, quoted)) {
            assertThatThrownBy(() -> StrictModels.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(CustomResources.refuse(foreign)).hasSize(2);
    }

    @Test
    void every_name_is_used_once_per_kind() {
        assertThat(Base.DOCUMENTS.stream().map(RenderingTests::id)).doesNotHaveDuplicates();
    }

    @Test
    void the_namespace_enforces_the_restricted_pod_security_standard() {
        var labels = Base.one(Namespace.class, "linli").getMetadata().getLabels();

        assertThat(labels)
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("pod-security.kubernetes.io/warn", "restricted")
                .containsEntry("pod-security.kubernetes.io/audit", "restricted");
    }

    private static boolean kubectlIsInstalled() throws InterruptedException {
        try {
            var process = new ProcessBuilder("kubectl", "version", "--client")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Map<String, Object> byName(List<Map<String, Object>> documents) {
        return documents.stream().collect(Collectors.toMap(RenderingTests::id, HashMap::new));
    }

    private static String id(Map<String, Object> document) {
        return document.get("kind") + " " + Base.name(document);
    }
}
