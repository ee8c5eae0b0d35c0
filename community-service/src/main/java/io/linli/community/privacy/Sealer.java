package io.linli.community.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import io.linli.community.CommunitySettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.springframework.stereotype.Component;

/// Encrypts personal texts before they reach the database and decrypts them after. *Shape:* Tink AEAD, the keyset's
/// primary key seals and every key of it opens, so keys can be rotated.
/// *Errors:* `IllegalStateException` for a text that was moved to another row or sealed with a foreign key.
@Component
public class Sealer {
    private final Aead aead;

    Sealer(CommunitySettings settings) {
        var keyset = CommunitySettings.required(settings.dataKeyset(), "data-keyset");
        try {
            AeadConfig.register();
            this.aead = TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException invalid) {
            throw new IllegalStateException("linli.community.data-keyset is not a Tink AEAD keyset", invalid);
        }
    }

    public byte[] seal(String text, Binding binding) {
        try {
            return aead.encrypt(text.getBytes(StandardCharsets.UTF_8), binding.bytes());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("cannot seal " + binding.what(), failed);
        }
    }

    public String open(byte[] sealed, Binding binding) {
        try {
            return new String(aead.decrypt(sealed, binding.bytes()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException foreign) {
            throw new IllegalStateException("cannot open " + binding.what() + " of this row", foreign);
        }
    }
}
