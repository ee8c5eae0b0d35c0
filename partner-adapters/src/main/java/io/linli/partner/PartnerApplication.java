package io.linli.partner;

import io.linli.kit.ServiceKit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/// The adapters to partner firms: couriers, WeChat, and the sandbox that simulates both.
@SpringBootApplication
@Import(ServiceKit.class)
@EnableConfigurationProperties(PartnerSettings.class)
public class PartnerApplication {

    static void main(String[] args) {
        ServiceKit.run(PartnerApplication.class, "partner-adapters", args);
    }
}
