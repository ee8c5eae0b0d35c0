package io.linli.local.system;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;

/// Keys and passwords of this system, made once and kept in a file only its owner can read.
/// Without the file the stored names, phones and rooms can no longer be read.
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    private final Path file;
    private final Properties values = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    static Secrets of(Home home) {
        var secrets = new Secrets(home.secrets());
        if (Files.exists(secrets.file)) {
            try (var reader = Files.newBufferedReader(secrets.file)) {
                secrets.values.load(reader);
            } catch (IOException e) {
                throw new CannotStart("cannot read " + secrets.file, e);
            }
        }
        return secrets;
    }

    String password(String of) {
        return kept("password." + of, () -> random(Base64.getUrlEncoder().withoutPadding()));
    }

    /// 32 random bytes in base64.
    String key(String name) {
        return kept(name, () -> random(Base64.getEncoder()));
    }

    /// A secret as Standard Webhooks writes it.
    String webhookSecret(String name) {
        return kept(name, () -> "whsec_" + random(Base64.getEncoder()));
    }

    /// A private EC key as JWK, for ES256.
    String signingKey() {
        return kept("signing-key", Secrets::newSigningKey);
    }

    /// A Tink AEAD keyset in JSON.
    String dataKeyset() {
        return kept("data-keyset", Secrets::newKeyset);
    }

    private synchronized String kept(String name, Supplier<String> fresh) {
        var value = values.getProperty(name);
        if (value == null) {
            value = fresh.get();
            values.setProperty(name, value);
            save();
        }
        return value;
    }

    private static String random(Base64.Encoder encoder) {
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return encoder.encodeToString(bytes);
    }

    private static String newSigningKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(UUID.randomUUID().toString())
                    .generate()
                    .toJSONString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String newKeyset() {
        try {
            AeadConfig.register();
            var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get())
                    .replaceAll("\\s+", "");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The new file takes the place of the old one in one step, so that a crash never leaves half a file.
    private void save() {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createDirectories(file.getParent());
            var fresh = Files.createTempFile(file.getParent(), "secrets", ".new", ownerOnly);
            try (var writer = Files.newBufferedWriter(fresh)) {
                values.store(writer, "Keys and passwords of this system; without them its data cannot be read");
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
