package io.linli.local.system;

import io.linli.local.system.Infrastructure.DatabaseServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each service is told from outside, by its setting's name; a child process gets the same
/// as environment variables.
final class ServiceSettings {

    /// Whoever has this phone may do everything; the sandbox hands out login codes for it, so we listen
    /// on loopback only.
    static final String OPERATOR_PHONE = "13800000000";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int DATABASE_CONNECTIONS = 8;
    private static final int COURIER_STEP_MILLIS = 200;
    private static final int REQUESTS_PER_SECOND = 2_000;

    private final Map<String, Service> services;
    private final int portBase;
    private final Secrets secrets;
    private final DatabaseServer databases;
    private final String brokerUrl;

    ServiceSettings(
            Map<String, Service> services, int portBase, Secrets secrets, DatabaseServer databases, String brokerUrl) {
        this.services = services;
        this.portBase = portBase;
        this.secrets = secrets;
        this.databases = databases;
        this.brokerUrl = brokerUrl;
    }

    Map<String, String> of(Service service) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("server.port", Integer.toString(service.port(portBase)));
        settings.put("server.address", LOOPBACK);
        settings.put("linli.jwks-url", url("community-service") + "/.well-known/jwks.json");
        if (service.hasDatabase()) {
            settings.putAll(database(service));
            settings.put("linli.rabbitmq.url", brokerUrl);
        }
        settings.putAll(own(service));
        return settings;
    }

    private Map<String, String> database(Service service) {
        return Map.of(
                "linli.database.host", databases.host(),
                "linli.database.port", Integer.toString(databases.port()),
                "linli.database.name", service.database(),
                "linli.database.username", service.applicationRole(),
                "linli.database.password", secrets.password(service.applicationRole()),
                "linli.database.owner-username", service.ownerRole(),
                "linli.database.owner-password", secrets.password(service.ownerRole()),
                "linli.database.connections-max", Integer.toString(DATABASE_CONNECTIONS));
    }

    private Map<String, String> own(Service service) {
        return switch (service.name()) {
            case "community-service" ->
                Map.of(
                        "linli.community.signing-key", secrets.signingKey(),
                        "linli.community.data-keyset", secrets.dataKeyset(),
                        "linli.community.index-key", secrets.key("index-key"),
                        "linli.community.operator-phone", OPERATOR_PHONE,
                        "linli.community.partner-url", url("partner-adapters"));
            case "partner-adapters" ->
                Map.of(
                        "linli.partner.sandbox", "true",
                        "linli.partner.sandbox-url", url("partner-adapters"),
                        "linli.partner.courier-webhook-secret", secrets.webhookSecret("courier-webhook-secret"),
                        "linli.partner.payments.webhook-secret", secrets.webhookSecret("payment-webhook-secret"),
                        "linli.partner.sandbox-step-millis", Integer.toString(COURIER_STEP_MILLIS));
            case "group-buy-service" ->
                Map.of(
                        "linli.groupbuy.sheets.key", secrets.key("sheets-key"),
                        "linli.groupbuy.community.url", url("community-service"),
                        "linli.groupbuy.capacity.station-url", url("station-service"),
                        "linli.groupbuy.capacity.dispatch-url", url("dispatch-service"));
            case "station-service" -> Map.of("linli.station.code-key", secrets.key("code-key"));
            case "gateway" -> gateway();
            default -> Map.of();
        };
    }

    /// One machine plays everybody's phone here, and one coordinator registers everybody.
    private Map<String, String> gateway() {
        var routes = new LinkedHashMap<String, String>();
        for (var service : services.values()) {
            if (!service.shortName().isEmpty()) {
                routes.put(
                        "linli.gateway.services." + service.shortName(),
                        service.uri(portBase).toString());
            }
        }
        for (var limit : List.of("caller-limit", "address-limit")) {
            routes.put("linli.gateway." + limit + ".per-second", Integer.toString(REQUESTS_PER_SECOND));
            routes.put("linli.gateway." + limit + ".burst", Integer.toString(2 * REQUESTS_PER_SECOND));
        }
        return routes;
    }

    private String url(String name) {
        return java.util.Objects.requireNonNull(services.get(name))
                .uri(portBase)
                .toString();
    }

    /// `linli.database.owner-username` as a shell knows it: `LINLI_DATABASE_OWNER_USERNAME`.
    static String environmentName(String setting) {
        return setting.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
