package io.linli.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {
    @Test
    void the_module_keeps_the_shape_of_all_modules() {
        ArchitectureRules.check("io.linli.gateway");
    }

    @Test
    void the_gateway_touches_no_database_and_no_broker() {
        var main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.linli.gateway");

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.linli.kit.data..", "io.linli.kit.messaging..", "io.r2dbc..", "com.rabbitmq..")
                .check(main);
    }
}
