package io.linli.partner;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Settings as a service would bind them, for tests that need no service.
public final class TestSettings {
    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private TestSettings() {}

    /// Settings of partners at this address; `more` are names below `linli.partner` and their values.
    public static PartnerSettings at(String url, Map<String, String> more) {
        var values = new TreeMap<>(Map.of(
                "linli.partner.sandbox-url", url,
                "linli.partner.courier-url", url,
                "linli.partner.wechat-url", url,
                "linli.partner.courier-webhook-secret", SECRET,
                "linli.partner.payments.url", url,
                "linli.partner.payments.webhook-secret", SECRET));
        more.forEach((name, value) -> values.put("linli.partner." + name, value));
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("linli.partner", PartnerSettings.class);
    }
}
