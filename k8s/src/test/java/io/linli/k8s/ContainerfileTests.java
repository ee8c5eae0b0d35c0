package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// No image can be built where the tests run, so every line of the Containerfile is compared with what the build makes.
class ContainerfileTests {
    static final long UID = 10001;

    private static final Path FILE = Base.REPOSITORY.resolve("Containerfile");
    private static final Path POM = Base.REPOSITORY.resolve("pom.xml");
    private static final List<Instruction> INSTRUCTIONS = Yaml.text(FILE)
            .replace("\\\n", " ")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Instruction::of)
            .toList();

    record Instruction(String name, String text) {
        static Instruction of(String line) {
            var parts = line.split(" +", 2);
            return new Instruction(parts[0], parts[1].replaceAll(" +", " "));
        }
    }

    @Test
    void every_image_of_a_deployment_is_one_service_of_this_version() {
        assertThat(Deployable.all())
                .allSatisfy(
                        service -> assertThat(Base.container(service.module()).getImage())
                                .isEqualTo("linli/" + service.module() + ":" + Deployable.VERSION));
        assertThat(only("ARG", 0)).isEqualTo("VERSION=" + Deployable.VERSION);
    }

    @Test
    void the_jar_is_where_the_build_puts_it() {
        var classifier = Deployable.first(
                POM, "spring-boot-maven-plugin</artifactId>\\s*<configuration>\\s*<classifier>([^<]+)</classifier>");

        assertThat(texts("COPY")).contains("${SERVICE}/target/${SERVICE}-${VERSION}-" + classifier + ".jar app.jar");
        assertThat(Deployable.all()).allSatisfy(service -> {
            var pom = Yaml.text(service.folder().resolve("pom.xml"));

            assertThat(pom).contains("<artifactId>" + service.module() + "</artifactId>", "spring-boot-maven-plugin");
            assertThat(pom).doesNotContain("<finalName>");
        });
    }

    @Test
    void every_copied_file_of_the_repository_exists() {
        assertThat(texts("COPY").stream()
                        .filter(copy -> !copy.contains("${") && !copy.startsWith("--from"))
                        .map(copy -> copy.split(" ")[0]))
                .isNotEmpty()
                .allMatch(file -> Files.exists(Base.REPOSITORY.resolve(file)));
    }

    @Test
    void all_layers_of_the_jar_are_copied_in_the_order_of_their_changes() {
        assertThat(texts("COPY").stream()
                        .filter(copy -> copy.startsWith("--from=layers"))
                        .map(copy -> copy.replaceFirst(".*/extracted/([a-z-]+)/ \\./", "$1")))
                .containsExactly("dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
        assertThat(texts("RUN")).contains("java -Djarmode=tools -jar app.jar extract --layers --destination extracted");
    }

    @Test
    void the_images_carry_the_java_of_the_build() {
        var version = Deployable.first(POM, "<java.version>([^<]+)</java.version>");

        assertThat(texts("FROM"))
                .containsExactly(
                        "docker.io/library/eclipse-temurin:" + version + "-jdk AS layers",
                        "docker.io/library/eclipse-temurin:" + version + "-jre");
    }

    @Test
    void the_training_run_is_the_run_without_connections() {
        var training = texts("RUN").getLast();

        assertThat(training)
                .contains("from=layers,source=/layers/training.env,target=/run/training.env", ". /run/training.env")
                .contains("-XX:AOTCacheOutput=" + option("-XX:AOTCache="))
                .contains("-Dspring.context.exit=onRefresh", "-Dspring.flyway.enabled=false", "-jar app.jar");
        assertThat(texts("RUN")).contains("java Secrets.java environment > training.env");
        assertThat(virtualMachine(training)).isNotEmpty().isEqualTo(virtualMachine(only("ENTRYPOINT", 0)));
        assertThat(INSTRUCTIONS.indexOf(new Instruction("RUN", training)))
                .isLessThan(INSTRUCTIONS.indexOf(new Instruction("USER", only("USER", 0))));
    }

    @Test
    void the_process_is_the_user_of_the_deployments_and_dies_when_memory_is_out() {
        assertThat(only("USER", 0)).isEqualTo(UID + ":" + UID);
        assertThat(entrypoint()).startsWith("java").endsWith("-jar", "app.jar").contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(Integer.parseInt(option("-XX:MaxRAMPercentage="))).isBetween(40, 75);
        assertThat(only("WORKDIR", 1)).isEqualTo("/app");
    }

    @Test
    void the_port_is_the_one_given_to_the_build() {
        assertThat(only("EXPOSE", 0)).isEqualTo("${PORT}");
        assertThat(texts("ARG")).contains("SERVICE", "PORT");
    }

    @Test
    void the_readme_builds_every_service_with_its_port() {
        var built = Pattern.compile("([a-z-]+):(\\d{4})")
                .matcher(Yaml.text(Path.of("README.md"))
                        .lines()
                        .filter(line -> line.startsWith("for service in"))
                        .findFirst()
                        .orElseThrow())
                .results()
                .map(image -> image.group())
                .toList();

        assertThat(built)
                .containsExactlyInAnyOrderElementsOf(Deployable.all()
                        .map(service -> service.module() + ":" + service.port())
                        .toList());
    }

    /// The collector and the object layout, which have to be the same when the cache is made and when it is used.
    private static List<String> virtualMachine(String command) {
        return Pattern.compile("-XX:[+-]Use\\w+")
                .matcher(command)
                .results()
                .map(flag -> flag.group())
                .toList();
    }

    private static List<String> texts(String name) {
        return INSTRUCTIONS.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::text)
                .toList();
    }

    private static String only(String name, int position) {
        return texts(name).get(position);
    }

    private static List<String> entrypoint() {
        return Arrays.stream(only("ENTRYPOINT", 0).replaceAll("[\\[\\]\"]", "").split(", "))
                .toList();
    }

    private static String option(String prefix) {
        return entrypoint().stream()
                .filter(flag -> flag.startsWith(prefix))
                .map(flag -> flag.substring(prefix.length()))
                .collect(Collectors.joining());
    }
}
