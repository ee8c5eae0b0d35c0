package io.linli.groupbuy.sheets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Packs and encrypts what a frozen sheet says of people before it reaches the database. *Shape:* gzip, AES-256-GCM, a
/// random nonce of 12 bytes in front; bound to its row.
/// *Errors:* `IllegalStateException` for content that was moved to another row or sealed with a foreign key.
@Component
class SheetSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    SheetSeal(SheetSettings settings) {
        var text = settings.key();
        if (text == null || text.isBlank()) {
            throw new IllegalStateException("linli.groupbuy.sheets.key is not set");
        }
        var bytes = Base64.getDecoder().decode(text);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("linli.groupbuy.sheets.key is not 32 bytes in base64");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    byte[] seal(byte[] content, String row) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, packed(content), row);
        var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return all;
    }

    byte[] open(byte[] sealed, String row) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return unpacked(run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length), row));
    }

    private byte[] run(int mode, byte[] nonce, byte[] bytes, String row) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException foreign) {
            throw new IllegalStateException("not the content of this row", foreign);
        }
    }

    private static byte[] packed(byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
