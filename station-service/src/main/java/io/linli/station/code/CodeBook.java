package io.linli.station.code;

import io.linli.station.StationSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Turns a stored nonce into the code its household reads aloud, and a spoken code into what is stored to find it.
/// Neither the table nor a backup of it tells a code without the key of the setting `linli.station.code-key`.
/// *Source:* RFC 5869 for the two keys, RFC 2104 for the codes.
@Component
class CodeBook {
    /// Digits and letters that cannot be taken for one another: no 0 O 1 I L.
    static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    static final int CODE_LENGTH = 8;

    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecretKey displayKey;
    private final SecretKey lookupKey;

    CodeBook(StationSettings settings) {
        var codeKey = keyBytes(settings.codeKey());
        displayKey = derive(codeKey, "pick-up code shown to its household");
        lookupKey = derive(codeKey, "pick-up code looked up at the station");
    }

    private static byte[] keyBytes(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("linli.station.code-key is not base64", malformed);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("linli.station.code-key must hold 32 bytes, not " + bytes.length);
        }
        return bytes;
    }

    private static SecretKey derive(byte[] codeKey, String purpose) {
        try {
            var info = purpose.getBytes(StandardCharsets.UTF_8);
            var expand = HKDFParameterSpec.expandOnly(new SecretKeySpec(codeKey, "Generic"), info, KEY_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey(HMAC, expand);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK 25 has HKDF-SHA256", absent);
        }
    }

    /// The code of a nonce. Bytes that would favour some characters are skipped, so every code is as likely.
    String toCode(byte[] nonce) {
        var code = new StringBuilder(CODE_LENGTH);
        for (var round = 0; code.length() < CODE_LENGTH; round++) {
            appendCharacters(
                    code,
                    hmac(
                            displayKey,
                            ByteBuffer.allocate(nonce.length + Integer.BYTES)
                                    .put(nonce)
                                    .putInt(round)
                                    .array()));
        }
        return code.toString();
    }

    private static void appendCharacters(StringBuilder code, byte[] digest) {
        for (var octet : digest) {
            var index = octet & 0x1f;
            if (index < ALPHABET.length() && code.length() < CODE_LENGTH) {
                code.append(ALPHABET.charAt(index));
            }
        }
    }

    /// What is stored of a code; the same for every way of writing it.
    byte[] toLookup(String code) {
        return hmac(lookupKey, normalize(code).getBytes(StandardCharsets.UTF_8));
    }

    private static String normalize(String spoken) {
        return spoken.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static byte[] hmac(SecretKey key, byte[] content) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + HMAC, absent);
        }
    }
}
