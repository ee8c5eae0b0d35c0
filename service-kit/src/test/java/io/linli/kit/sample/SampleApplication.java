package io.linli.kit.sample;

import io.linli.kit.ServiceKit;
import io.linli.kit.messaging.Subscription;
import io.linli.kit.testing.ServiceUnderTest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The sample service.
@SpringBootApplication
@Import(ServiceKit.class)
public class SampleApplication {

    /// The sample service with its contract, ready for a test class.
    public static ServiceUnderTest underTest() {
        return ServiceUnderTest.of(SampleApplication.class, "kit-sample")
                .withContracts("classpath*:sample/sample.yaml", "classpath*:openapi/operations.yaml");
    }

    /// The queue has a name of its own per run, because a broker that is not ours may be used.
    @Bean
    Subscription hearing(Notes notes, @Value("${sample.queue}") String queue) {
        return Subscription.queue(queue).on("note.written.v1", Note.class, notes::hear);
    }
}
