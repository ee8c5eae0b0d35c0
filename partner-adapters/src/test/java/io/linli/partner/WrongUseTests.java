package io.linli.partner;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.kit.testing.WrongUse.Attempt;
import io.linli.partner.referral.ReferralScene;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        return WrongUse.of(service)
                .inWrongState("acceptReferral", "referral-already-accepted", in(ReferralScene::accepted, null))
                .inWrongState("declineReferral", "referral-ended", in(ReferralScene::declined, null))
                .inWrongState("reportReferral", "referral-ended", in(ReferralScene::declined, Map.of("text", "Done")))
                .tests();
    }

    private static Supplier<Attempt> in(Function<ReferralScene, UUID> referral, @Nullable Object body) {
        return () -> {
            var scene = new ReferralScene(service);
            return new Attempt(scene.token, body, scene.community, referral.apply(scene));
        };
    }
}
