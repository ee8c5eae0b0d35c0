package io.linli.groupbuy;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void the_service_keeps_the_shape_of_all_services() {
        ArchitectureRules.check("io.linli.groupbuy");
    }

    @Test
    void features_do_not_go_in_circles() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.linli.groupbuy");

        slices().matching("io.linli.groupbuy.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void repositories_stay_inside_their_feature() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.linli.groupbuy");

        ArchRuleDefinition.classes()
                .that()
                .areAnnotatedWith(org.springframework.stereotype.Repository.class)
                .should(beUsedInTheirFeatureOnly())
                .check(classes);
    }

    private static ArchCondition<JavaClass> beUsedInTheirFeatureOnly() {
        return new ArchCondition<>("be used in their feature only") {
            @Override
            public void check(JavaClass repository, ConditionEvents events) {
                repository.getDirectDependenciesToSelf().stream()
                        .filter(use -> !feature(use.getOriginClass()).equals(feature(repository)))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(use, use.getDescription())));
            }
        };
    }

    private static String feature(JavaClass found) {
        return found.getPackageName().split("\\.")[3];
    }
}
