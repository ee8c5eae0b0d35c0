package io.linli.partner;

import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {
    @Test
    void the_module_keeps_the_shape_of_all_modules() {
        ArchitectureRules.check("io.linli.partner");
    }
}
