package io.linli.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.linli.k8s.SettingsSource.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/// A module that runs by itself: it has a `<module>.yml` with a port.
record Deployable(String module) {
    static final String VERSION = first(Base.REPOSITORY.resolve("pom.xml"), "<version>(0[^<]*)</version>");

    static Stream<Deployable> all() {
        return Pattern.compile("<module>([^<]+)</module>")
                .matcher(Yaml.text(Base.REPOSITORY.resolve("pom.xml")))
                .results()
                .map(module -> new Deployable(module.group(1)))
                .filter(service -> Files.exists(service.yml()));
    }

    static String first(Path file, String pattern) {
        var found = Pattern.compile(pattern).matcher(Yaml.text(file));
        if (!found.find()) {
            throw new AssertionError(file + " has no " + pattern);
        }
        return found.group(1);
    }

    Path folder() {
        return Base.REPOSITORY.resolve(module);
    }

    private Path yml() {
        return folder().resolve("src/main/resources/" + module + ".yml");
    }

    private boolean usesKit() {
        return Yaml.text(folder().resolve("pom.xml")).contains("<artifactId>service-kit</artifactId>");
    }

    /// The files of defaults, the stronger first. A service that is not started by the kit reads its own file only.
    private Stream<Path> files() {
        var kit = Base.REPOSITORY.resolve("service-kit/src/main/resources/linli-kit.yml");
        return isStartedByKit() ? Stream.of(yml(), kit) : Stream.of(yml());
    }

    private boolean isStartedByKit() {
        try (var files = Files.walk(folder().resolve("src/main/java"))) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> Yaml.text(file).contains("ServiceKit.run("));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    int port() {
        return Integer.parseInt(environment().getRequiredProperty("server.port"));
    }

    boolean hasDatabase() {
        return Files.isDirectory(folder().resolve("src/main/resources/db"));
    }

    /// What the service, and the kit where it is used, declare in their settings records.
    List<Setting> settings() {
        return Stream.concat(
                        usesKit() ? Stream.of(Base.REPOSITORY.resolve("service-kit")) : Stream.empty(),
                        Stream.of(folder()))
                .flatMap(module -> SettingsSource.of(module).stream())
                .toList();
    }

    /// The names of all settings this service reads: declared in a record or written in one of its files.
    Set<String> keys() {
        var keys = new TreeSet<String>();
        settings().forEach(setting -> keys.add(setting.key()));
        files().forEach(yml -> keys.addAll(List.of(load(yml).getPropertyNames())));
        return keys;
    }

    /// The variables the pod gets, with the values of the generated secrets.
    Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        var container = Base.container(module);
        container.getEnvFrom().forEach(from -> {
            if (from.getConfigMapRef() != null) {
                variables.putAll(
                        Base.one(ConfigMap.class, from.getConfigMapRef().getName())
                                .getData());
            } else {
                variables.putAll(GeneratedSecrets.values(from.getSecretRef().getName()));
            }
        });
        container.getEnv().forEach(variable -> variables.put(variable.getName(), value(variable)));
        return variables;
    }

    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        return GeneratedSecrets.values(secret.getName()).get(secret.getKey());
    }

    /// The service's configuration as Spring Boot resolves it in the pod.
    ConfigurableEnvironment environment() {
        var environment = new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {}
        };
        var sources = environment.getPropertySources();
        sources.addLast(asVariables(Map.copyOf(variables())));
        files().forEach(yml -> sources.addLast(load(yml)));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    static SystemEnvironmentPropertySource asVariables(Map<String, String> variables) {
        return new SystemEnvironmentPropertySource("systemEnvironment", Map.copyOf(variables));
    }

    private static EnumerablePropertySource<?> load(Path yml) {
        try {
            return (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                    .load(yml.toString(), new FileSystemResource(yml))
                    .getFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return module;
    }
}
