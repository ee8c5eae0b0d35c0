package io.linli.k8s;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What `Secrets.java` makes, run once as a site would run it.
final class GeneratedSecrets {
    private static final Map<String, Secret> SECRETS = Yaml.parse(run()).stream()
            .map(document -> (Secret) StrictModels.parse(document))
            .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), secret -> secret));

    private GeneratedSecrets() {}

    static Map<String, Secret> all() {
        return SECRETS;
    }

    static Map<String, String> values(String name) {
        var secret = SECRETS.get(name);
        if (secret == null) {
            throw new AssertionError("Secrets.java makes no " + name);
        }
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> decode(entry.getValue())));
    }

    static String run(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "Secrets.java"));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("OPERATOR_PHONE", "13800000000");
            var process = builder.start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("Secrets.java failed");
            }
            return printed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
