package io.linli.groupbuy;

import io.linli.groupbuy.capacity.CapacitySettings;
import io.linli.groupbuy.fee.FeeSettings;
import io.linli.groupbuy.recurring.RecurringSettings;
import io.linli.kit.ServiceKit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/// The group-buy service.
@SpringBootApplication(proxyBeanMethods = false)
@Import(ServiceKit.class)
@EnableConfigurationProperties({
    GroupBuySettings.class,
    CapacitySettings.class,
    FeeSettings.class,
    RecurringSettings.class
})
public class GroupBuyApplication {

    static void main(String[] args) {
        ServiceKit.run(GroupBuyApplication.class, "group-buy-service", args);
    }
}
