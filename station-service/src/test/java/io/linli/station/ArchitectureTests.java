package io.linli.station;

import io.linli.kit.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void the_service_keeps_its_shape() {
        ArchitectureRules.check("io.linli.station");
    }
}
