package io.linli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretsTests {
    private static final String README = Yaml.text(Base.REPOSITORY.resolve("k8s/README.md"));

    @Test
    void the_generator_makes_exactly_what_the_base_refers_to() {
        var referred = new TreeSet<String>();
        Deployable.all().map(service -> Base.container(service.module())).forEach(container -> {
            container
                    .getEnv()
                    .forEach(variable -> referred.add(
                            variable.getValueFrom().getSecretKeyRef().getName()));
            container.getEnvFrom().stream()
                    .map(EnvFromSource::getSecretRef)
                    .filter(Objects::nonNull)
                    .forEach(secret -> referred.add(secret.getName()));
        });
        Base.custom("Cluster")
                .forEach(cluster -> Base.maps(cluster, "spec", "managed", "roles")
                        .forEach(role -> referred.add((String) Base.at(role, "passwordSecret", "name"))));
        Base.custom("RabbitmqCluster")
                .forEach(cluster ->
                        referred.add((String) Base.at(cluster, "spec", "secretBackend", "externalSecret", "name")));

        assertThat(GeneratedSecrets.all().keySet()).containsExactlyInAnyOrderElementsOf(referred);
    }

    @Test
    void every_secret_is_named_in_the_readme() {
        var certificate = Base.one(Gateway.class, "linli").getSpec().getListeners().stream()
                .filter(listener -> listener.getTls() != null)
                .map(listener ->
                        listener.getTls().getCertificateRefs().getFirst().getName());

        assertThat(Stream.concat(GeneratedSecrets.all().keySet().stream(), certificate))
                .map(name -> name.replaceFirst(
                        "^(community|group-buy|partner|station|dispatch)-database", "<service>-database"))
                .allSatisfy(name -> assertThat(README).contains("`" + name + "`"));
    }

    @Test
    void database_secrets_are_what_the_operator_expects() {
        assertThat(GeneratedSecrets.all().entrySet())
                .filteredOn(entry -> entry.getKey().contains("-database-"))
                .hasSize(10)
                .allSatisfy(entry -> {
                    assertThat(entry.getValue().getType()).isEqualTo("kubernetes.io/basic-auth");
                    assertThat(entry.getValue().getData()).containsOnlyKeys("username", "password");
                });
    }

    @Test
    void the_signing_key_signs_and_its_public_half_verifies() throws Exception {
        var key = ECKey.parse(community("LINLI_COMMUNITY_SIGNING_KEY"));
        var token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("linli"));
        token.sign(new ECDSASigner(key));

        assertThat(key.getCurve()).isEqualTo(Curve.P_256);
        assertThat(key.getKeyID()).isNotBlank();
        assertThat(token.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
    }

    @Test
    void the_data_keyset_encrypts_and_decrypts() throws Exception {
        AeadConfig.register();
        var keyset = TinkJsonProtoKeysetFormat.parseKeyset(
                community("LINLI_COMMUNITY_DATA_KEYSET"), InsecureSecretKeyAccess.get());
        var aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
        var sealed = aead.encrypt("王".getBytes("UTF-8"), new byte[] {1});

        assertThat(aead.decrypt(sealed, new byte[] {1})).isEqualTo("王".getBytes("UTF-8"));
    }

    @Test
    void raw_keys_have_32_bytes() {
        var courier = GeneratedSecrets.values("partner-adapters-keys").get("LINLI_PARTNER_COURIER_WEBHOOK_SECRET");

        assertThat(Stream.of(
                        community("LINLI_COMMUNITY_INDEX_KEY"),
                        GeneratedSecrets.values("group-buy-service-keys").get("LINLI_GROUPBUY_SHEETS_KEY"),
                        GeneratedSecrets.values("station-service-keys").get("LINLI_STATION_CODE_KEY"),
                        courier.substring("whsec_".length())))
                .allMatch(key -> Base64.getDecoder().decode(key).length == 32);
    }

    @Test
    void two_runs_share_no_value_but_those_that_were_given() {
        var first = assignments();
        var second = assignments();

        assertThat(first.keySet()).isEqualTo(second.keySet());
        assertThat(first.entrySet().stream().filter(entry -> entry.getValue().equals(second.get(entry.getKey()))))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "LINLI_COMMUNITY_OPERATOR_PHONE",
                        "LINLI_PARTNER_WECHAT_APP_ID",
                        "LINLI_PARTNER_WECHAT_APP_SECRET");
    }

    private static Map<String, String> assignments() {
        return GeneratedSecrets.run("environment")
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }

    private static String community(String name) {
        return GeneratedSecrets.values("community-service-keys").get(name);
    }
}
