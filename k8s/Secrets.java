/// Makes the secrets of a new installation, every value fresh from the system's random source:
///
///     java k8s/Secrets.java | kubectl create -n linli -f -     once; `create` refuses to overwrite what exists
///     java k8s/Secrets.java environment                        the services' own keys as shell assignments
///
/// Needs a JDK 25 and nothing else. OPERATOR_PHONE, WECHAT_APP_ID, WECHAT_APP_SECRET, COURIER_WEBHOOK_SECRET and
/// PAYMENT_WEBHOOK_SECRET are taken from the environment where they are set, because other parties issue them.
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

record Secret(String name, String type, Map<String, String> values) {}

final SecureRandom random = new SecureRandom();

void main(String[] args) throws GeneralSecurityException {
    if (args.length == 1 && args[0].equals("environment")) {
        keys().forEach(secret -> secret.values().forEach((name, value) -> IO.println(name + "='" + value + "'")));
        return;
    }
    var all = new ArrayList<>(keys());
    for (var service : List.of("community", "group-buy", "partner", "station", "dispatch")) {
        all.add(databaseRole(service, "owner"));
        all.add(databaseRole(service, "app"));
    }
    all.add(brokerUser());
    all.forEach(secret -> IO.print(toYaml(secret)));
}

List<Secret> keys() throws GeneralSecurityException {
    return List.of(
            opaque(
                    "community-service-keys",
                    "LINLI_COMMUNITY_SIGNING_KEY", signingKey(),
                    "LINLI_COMMUNITY_DATA_KEYSET", dataKeyset(),
                    "LINLI_COMMUNITY_INDEX_KEY", base64(bytes(32)),
                    "LINLI_COMMUNITY_OPERATOR_PHONE", given("OPERATOR_PHONE", "")),
            opaque("group-buy-service-keys", "LINLI_GROUPBUY_SHEETS_KEY", base64(bytes(32))),
            opaque("station-service-keys", "LINLI_STATION_CODE_KEY", base64(bytes(32))),
            opaque(
                    "partner-adapters-keys",
                    "LINLI_PARTNER_COURIER_WEBHOOK_SECRET",
                    given("COURIER_WEBHOOK_SECRET", "whsec_" + base64(bytes(32))),
                    "LINLI_PARTNER_PAYMENTS_WEBHOOK_SECRET",
                    given("PAYMENT_WEBHOOK_SECRET", "whsec_" + base64(bytes(32))),
                    "LINLI_PARTNER_WECHAT_APP_ID", given("WECHAT_APP_ID", "not-registered"),
                    "LINLI_PARTNER_WECHAT_APP_SECRET", given("WECHAT_APP_SECRET", "not-registered")));
}

Secret databaseRole(String service, String role) {
    var user = "linli_" + service.replace('-', '_') + "_" + role;
    return new Secret(
            service + "-database-" + role,
            "kubernetes.io/basic-auth",
            ordered("username", user, "password", hex(24)));
}

/// The broker makes this user at its first start from `default_user.conf`; the services use `connection_string`.
Secret brokerUser() {
    var password = hex(24);
    var host = "linli-rabbitmq.linli.svc";
    return opaque(
            "linli-rabbitmq-user",
            "username", "linli",
            "password", password,
            "default_user.conf", "default_user = linli\ndefault_pass = " + password + "\n",
            "host", host,
            "port", "5672",
            "provider", "rabbitmq",
            "type", "rabbitmq",
            "connection_string", "amqp://linli:" + password + "@" + host + ":5672");
}

/// An EC P-256 key pair as JSON Web Key.
String signingKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    var pair = generator.generateKeyPair();
    var point = ((ECPublicKey) pair.getPublic()).getW();
    return """
            {"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s","d":"%s"}"""
            .formatted(
                    hex(8),
                    coordinate(point.getAffineX()),
                    coordinate(point.getAffineY()),
                    coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
}

/// A Tink keyset with one AES-256-GCM key; its serialized form is the field 3 of 32 bytes.
String dataKeyset() {
    var id = random.nextInt(1, Integer.MAX_VALUE);
    var key = new byte[34];
    key[0] = 0x1a;
    key[1] = 32;
    System.arraycopy(bytes(32), 0, key, 2, 32);
    return """
            {"primaryKeyId":%d,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmKey",\
            "value":"%s","keyMaterialType":"SYMMETRIC"},"status":"ENABLED","keyId":%d,"outputPrefixType":"TINK"}]}"""
            .formatted(id, base64(key), id);
}

String coordinate(BigInteger number) {
    var bytes = number.toByteArray();
    var fixed = new byte[32];
    var length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
}

String given(String variable, String otherwise) {
    var value = System.getenv(variable);
    return value == null || value.isBlank() ? otherwise : value;
}

Secret opaque(String name, String... namesAndValues) {
    return new Secret(name, "Opaque", ordered(namesAndValues));
}

Map<String, String> ordered(String... namesAndValues) {
    var values = new LinkedHashMap<String, String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
        if (!namesAndValues[i + 1].isEmpty()) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }
    return values;
}

byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
}

String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
}

String hex(int count) {
    return HexFormat.of().formatHex(bytes(count));
}

String toYaml(Secret secret) {
    var yaml = new StringBuilder("---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\n  labels:\n"
            .formatted(secret.name()));
    yaml.append("    app.kubernetes.io/part-of: linli\n    cnpg.io/reload: \"true\"\ntype: %s\ndata:\n"
            .formatted(secret.type()));
    secret.values().forEach((name, value) -> yaml.append("  %s: %s\n".formatted(name, base64(value.getBytes(UTF_8)))));
    return yaml.toString();
}
