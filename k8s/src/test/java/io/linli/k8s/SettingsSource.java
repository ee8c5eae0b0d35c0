package io.linli.k8s;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/// The settings that a module's `@ConfigurationProperties` records declare, read from the source so that neither the
/// order of the build nor a class path decides what is seen.
final class SettingsSource {

    /// @param key full name, for example `linli.database.connections-max`
    /// @param standard what applies when nothing is given
    /// @param optional whether nothing may be given although there is no standard
    record Setting(String key, Optional<String> standard, boolean optional) {}

    private SettingsSource() {}

    static List<Setting> of(Path module) {
        try (var files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> Yaml.text(file).contains("@ConfigurationProperties("))
                    .flatMap(file -> parse(file).getTypeDecls().stream())
                    .flatMap(type ->
                            prefix((ClassTree) type).stream().flatMap(prefix -> settings(prefix, (ClassTree) type)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static CompilationUnitTree parse(Path file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjects(file));
            return task.parse().iterator().next();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<String> prefix(ClassTree type) {
        return annotation(type.getModifiers().getAnnotations(), "ConfigurationProperties")
                .map(SettingsSource::text);
    }

    private static Stream<Setting> settings(String prefix, ClassTree type) {
        Map<String, ClassTree> nested = type.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .collect(Collectors.toMap(member -> member.getSimpleName().toString(), member -> member));
        return components(type).flatMap(component -> {
            var key = prefix + "."
                    + DataObjectPropertyName.toDashedForm(component.getName().toString());
            var inner = nested.get(component.getType().toString());
            return inner == null ? Stream.of(setting(key, component)) : settings(key, inner);
        });
    }

    private static Stream<VariableTree> components(ClassTree type) {
        if (type.getKind() != Tree.Kind.RECORD) {
            throw new IllegalStateException(type.getSimpleName() + " is no record");
        }
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC));
    }

    private static Setting setting(String key, VariableTree component) {
        var annotations = component.getModifiers().getAnnotations();
        return new Setting(
                key,
                annotation(annotations, "DefaultValue").map(SettingsSource::text),
                annotation(annotations, "Nullable").isPresent()
                        || component.getType().toString().contains("@Nullable"));
    }

    private static Optional<? extends AnnotationTree> annotation(List<? extends AnnotationTree> all, String name) {
        return all.stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .findFirst();
    }

    private static String text(AnnotationTree annotation) {
        return annotation.getArguments().stream()
                .findFirst()
                .map(SettingsSource::text)
                .orElse("");
    }

    private static String text(ExpressionTree value) {
        var bare = value instanceof AssignmentTree assignment ? assignment.getExpression() : value;
        return bare instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : bare.toString();
    }
}
