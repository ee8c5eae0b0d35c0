package io.linli.community.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.linli.community.CommunitySettings;
import java.text.ParseException;
import org.springframework.stereotype.Component;

/// The key that signs all tokens of this installation. *Shape:* EC P-256, ES256.
@Component
class SigningKey {
    private final ECKey key;
    private final ECDSASigner signer;

    SigningKey(CommunitySettings settings) {
        try {
            this.key = named(ECKey.parse(CommunitySettings.required(settings.signingKey(), "signing-key")));
            if (!Curve.P_256.equals(key.getCurve()) || !key.isPrivate()) {
                throw new IllegalStateException("linli.community.signing-key is not a private P-256 key");
            }
            this.signer = new ECDSASigner(key);
        } catch (ParseException | JOSEException invalid) {
            throw new IllegalStateException("linli.community.signing-key is not a JWK", invalid);
        }
    }

    private static ECKey named(ECKey key) throws JOSEException {
        return key.getKeyID() == null
                ? new ECKey.Builder(key).keyIDFromThumbprint().build()
                : key;
    }

    ECKey publicKey() {
        return key.toPublicJWK();
    }

    String sign(JWTClaimsSet claims) {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(signer);
        } catch (JOSEException failed) {
            throw new IllegalStateException("cannot sign a token", failed);
        }
        return token.serialize();
    }
}
