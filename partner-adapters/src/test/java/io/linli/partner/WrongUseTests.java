package io.linli.partner;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class WrongUseTests {
    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(PartnerApplication.class, "partner-adapters")
            .with("linli.partner.sandbox", "true")
            .with("linli.partner.courier-webhook-secret", TestSettings.SECRET)
            .with("linli.partner.payments.webhook-secret", TestSettings.SECRET);

    /// A webhook is read only after its signature; what is signed and wrong is another test's matter.
    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service).tests();
    }
}
