package io.linli.community.privacy;

import io.linli.community.CommunitySettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Keyed hashes by which rows are found without storing what is searched for. *Shape:* HMAC-SHA256, one prefix per use.
@Component
public class BlindIndex {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    BlindIndex(CommunitySettings settings) {
        var bytes = Base64.getDecoder().decode(CommunitySettings.required(settings.indexKey(), "index-key"));
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("linli.community.index-key is not 32 bytes in base64");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    public byte[] ofPhone(Phone phone) {
        return hash("phone:" + phone.e164());
    }

    public byte[] ofOpenId(String openId) {
        return hash("openid:" + openId);
    }

    /// Equal for equal rooms of one unit only, so that two units cannot be compared.
    public byte[] ofRoom(UUID unit, String room) {
        return hash("room:" + unit + ":" + room);
    }

    private byte[] hash(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
        }
    }
}
