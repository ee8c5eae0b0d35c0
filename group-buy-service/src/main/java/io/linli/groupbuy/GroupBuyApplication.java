package io.linli.groupbuy;

import io.linli.kit.ServiceKit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/// The group-buy service.
@SpringBootApplication(proxyBeanMethods = false)
@Import(ServiceKit.class)
@EnableConfigurationProperties(GroupBuySettings.class)
public class GroupBuyApplication {

    static void main(String[] args) {
        ServiceKit.run(GroupBuyApplication.class, "group-buy-service", args);
    }
}
