package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.linli.k8s.SettingsSource.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;

class SettingsTests {
    /// Refused at start when absent, although a test may build the settings without them.
    private static final List<String> CHECKED_AT_START =
            List.of("linli.community.signing-key", "linli.community.data-keyset", "linli.community.index-key");

    static Stream<Deployable> services() {
        return Deployable.all();
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_variable_is_a_setting_that_the_service_reads(Deployable service) {
        var keys = service.keys();

        assertThat(service.variables())
                .isNotEmpty()
                .allSatisfy((name, value) ->
                        assertThat(keys).as("settings that %s sets", name).anyMatch(key -> sets(name, value, key)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_setting_without_a_standard_is_given(Deployable service) {
        var environment = service.environment();
        var keys = service.keys();

        for (var setting : service.settings()) {
            var isList = keys.contains(setting.key() + "[0]") || keys.contains(setting.key() + "[0].name");
            if (setting.standard().isEmpty() && !isList && isRequired(setting)) {
                assertThat(environment.getProperty(setting.key()))
                        .as(setting.key())
                        .isNotBlank();
            }
        }
    }

    private static boolean isRequired(Setting setting) {
        return !setting.optional() || CHECKED_AT_START.contains(setting.key());
    }

    @Test
    void the_settings_checked_at_start_exist() {
        var declared = services().flatMap(service -> service.keys().stream()).toList();

        assertThat(declared).containsAll(CHECKED_AT_START);
    }

    @ParameterizedTest
    @MethodSource("services")
    void no_address_of_another_party_is_left_at_this_machine(Deployable service) {
        var environment = service.environment();
        var standards = service.settings().stream()
                .filter(setting -> setting.standard().isPresent())
                .collect(Collectors.toMap(
                        Setting::key, setting -> setting.standard().get()));

        for (var key : service.keys()) {
            var value = environment.getProperty(key, standards.getOrDefault(key, ""));
            if (isRead(service, key) && value.matches(".*(127\\.0\\.0\\.1|localhost).*")) {
                assertThat(URI.create(value).getPort()).as(key).isEqualTo(service.port());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_address_within_the_namespace_is_a_service_with_that_port(Deployable service) {
        assertThat(service.variables().values())
                .filteredOn(value -> value.startsWith("http://"))
                .allSatisfy(value -> {
                    var address = URI.create(value);
                    var target = Base.one(Service.class, address.getHost()).getSpec();

                    assertThat(target.getPorts()).anyMatch(port -> port.getPort() == address.getPort());
                });
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_with_a_database_gets_both_roles_and_the_broker(Deployable service) {
        var expected = List.of(
                "LINLI_DATABASE_HOST",
                "LINLI_DATABASE_USERNAME",
                "LINLI_DATABASE_PASSWORD",
                "LINLI_DATABASE_OWNER_USERNAME",
                "LINLI_DATABASE_OWNER_PASSWORD",
                "LINLI_RABBITMQ_URL");

        if (service.hasDatabase()) {
            assertThat(service.variables()).containsKeys(expected.toArray(String[]::new));
        } else {
            assertThat(service.variables()).doesNotContainKeys(expected.toArray(String[]::new));
        }
    }

    @Test
    void the_simulated_partners_are_off_and_the_real_ones_have_addresses() {
        var environment = new Deployable("partner-adapters").environment();

        assertThat(environment.getProperty("linli.partner.sandbox")).isEqualTo("false");
        assertThat(List.of("linli.partner.courier-url", "linli.partner.wechat-url"))
                .allSatisfy(key -> assertThat(environment.getProperty(key)).startsWith("https://"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_referenced_key_exists(Deployable service) {
        var container = Base.container(service.module());

        assertThat(container.getEnv()).allSatisfy(variable -> {
            var reference = variable.getValueFrom().getSecretKeyRef();

            assertThat(GeneratedSecrets.values(reference.getName())).containsKey(reference.getKey());
        });
        assertThat(container.getEnvFrom())
                .allSatisfy(from -> assertThat(
                                from.getConfigMapRef() != null
                                        ? Base.one(
                                                        ConfigMap.class,
                                                        from.getConfigMapRef().getName())
                                                .getData()
                                        : GeneratedSecrets.values(
                                                from.getSecretRef().getName()))
                        .isNotEmpty());
    }

    @Test
    void the_base_holds_no_secret() {
        assertThat(Base.all(Secret.class)).isEmpty();
        assertThat(Base.all(ConfigMap.class))
                .allSatisfy(settings -> assertThat(settings.getData().keySet())
                        .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|KEY|KEYSET)$")));
    }

    private static boolean isRead(Deployable service, String key) {
        return service.hasDatabase() || !(key.startsWith("linli.database.") || key.startsWith("linli.rabbitmq."));
    }

    /// Asks Spring Boot whether this variable alone gives the setting a value.
    private static boolean sets(String name, String value, String key) {
        var source = ConfigurationPropertySources.from(Deployable.asVariables(Map.of(name, value)));
        return ConfigurationPropertyName.isValid(key)
                && source.iterator().next().getConfigurationProperty(ConfigurationPropertyName.of(key)) != null;
    }
}
