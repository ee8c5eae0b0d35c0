package io.linli.dispatch;

import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void the_service_keeps_its_shape() {
        ArchitectureRules.check("io.linli.dispatch");
    }
}
