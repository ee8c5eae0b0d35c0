package io.linli.kit;

import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void the_kit_keeps_its_shape() {
        ArchitectureRules.check("io.linli.kit");
    }
}
