package io.linli.community;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Fresh keys for a test, in the spelling of the settings.
public record TestKeys(ECKey signing, String dataKeyset, String indexKey) {

    public static TestKeys generate() {
        try {
            AeadConfig.register();
            var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            var index = new byte[32];
            new SecureRandom().nextBytes(index);
            return new TestKeys(
                    new ECKeyGenerator(Curve.P_256).keyID("ours").generate(),
                    TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get()),
                    Base64.getEncoder().encodeToString(index));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Settings with these keys and everything else as by default.
    public CommunitySettings settings() {
        return settings(null);
    }

    public CommunitySettings settings(@Nullable String operatorPhone) {
        return new CommunitySettings(
                signing.toJSONString(),
                dataKeyset,
                indexKey,
                operatorPhone,
                "http://127.0.0.1:1",
                1000,
                15,
                30,
                48,
                30,
                30,
                1000);
    }
}
