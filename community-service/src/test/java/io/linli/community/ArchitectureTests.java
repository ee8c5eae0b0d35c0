package io.linli.community;

import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {
    @Test
    void the_service_keeps_the_shape_of_all_modules() {
        ArchitectureRules.check("io.linli.community");
    }
}
