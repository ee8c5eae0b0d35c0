package io.linli.community;

import io.linli.kit.ServiceKit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/// Households, consent, privacy and login of residential communities.
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(ServiceKit.class)
public class CommunityApplication {
    public static void main(String[] args) {
        ServiceKit.run(CommunityApplication.class, "community-service", args);
    }
}
