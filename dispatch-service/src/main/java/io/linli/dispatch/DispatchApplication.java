package io.linli.dispatch;

import io.linli.dispatch.assignment.AssignmentSettings;
import io.linli.dispatch.capacity.CapacitySettings;
import io.linli.dispatch.exposure.ExposureSettings;
import io.linli.dispatch.help.clock.HelpSettings;
import io.linli.dispatch.hours.HoursSettings;
import io.linli.dispatch.route.RouteSettings;
import io.linli.dispatch.task.TaskSettings;
import io.linli.dispatch.training.TrainingSettings;
import io.linli.dispatch.volunteer.VolunteerSettings;
import io.linli.kit.ServiceKit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/// Offers doorstep tasks to volunteers and follows them to the door.
@SpringBootApplication
@Import(ServiceKit.class)
@EnableConfigurationProperties({
    DispatchSettings.class,
    AssignmentSettings.class,
    CapacitySettings.class,
    ExposureSettings.class,
    HelpSettings.class,
    HoursSettings.class,
    RouteSettings.class,
    TaskSettings.class,
    TrainingSettings.class,
    VolunteerSettings.class
})
public class DispatchApplication {

    /// Query parameters spell enum constants as the contract does: in lower case, with hyphens.
    @Bean
    WebFluxConfigurer words() {
        return new WebFluxConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                ApplicationConversionService.addApplicationConverters(registry);
            }
        };
    }

    static void main(String[] args) {
        ServiceKit.run(DispatchApplication.class, "dispatch-service", args);
    }
}
