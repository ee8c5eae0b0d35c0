package io.linli.station;

import io.linli.kit.ServiceKit;
import io.linli.station.shelving.SpaceSettings;
import java.security.SecureRandom;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The station at the gate: consignments, shelves, parcels, pick-up codes.
@SpringBootApplication
@Import(ServiceKit.class)
@EnableConfigurationProperties({StationSettings.class, SpaceSettings.class})
public class StationApplication {

    /// Draws the nonces of the pick-up codes.
    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    static void main(String[] args) {
        ServiceKit.run(StationApplication.class, "station-service", args);
    }
}
