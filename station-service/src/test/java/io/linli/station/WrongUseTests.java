package io.linli.station;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class WrongUseTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service).tests();
    }
}
