package io.linli.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTests {

    @TempDir
    private Path folder;

    @Test
    void secrets_are_made_once_and_kept_for_their_owner_only() throws Exception {
        var home = new Home(folder);
        var first = Secrets.of(home);
        var signingKey = first.signingKey();
        var keyset = first.dataKeyset();
        var password = first.password("linli_station_app");

        var second = Secrets.of(home);

        assertThat(ECKey.parse(second.signingKey()).isPrivate()).isTrue();
        assertThat(second.signingKey()).isEqualTo(signingKey);
        assertThat(second.dataKeyset()).isEqualTo(keyset);
        assertThat(second.password("linli_station_app")).isEqualTo(password);
        assertThat(second.password("linli_station_owner")).isNotEqualTo(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_webhook_secret_reads_as_standard_webhooks_writes_it() {
        assertThat(Secrets.of(new Home(folder)).webhookSecret("courier")).matches("whsec_[A-Za-z0-9+/]{43}=");
    }

    @Test
    void only_one_system_runs_from_a_home() {
        var home = new Home(folder);
        try (var lock = HomeLock.take(home)) {
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(
                            "already (pid " + ProcessHandle.current().pid() + ")");
            assertThat(lock).isNotNull();
        }

        HomeLock.take(home).close();
    }

    @Test
    void a_taken_port_is_told_by_the_name_of_its_service() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = Map.of("station-service", socket.getLocalPort());

            assertThatThrownBy(() -> Ports.checkFree(ports))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("port " + socket.getLocalPort() + " (station-service) is taken");
        }
    }

    @Test
    void a_setting_has_the_name_a_shell_knows_it_by() {
        assertThat(ServiceSettings.environmentName("linli.database.owner-username"))
                .isEqualTo("LINLI_DATABASE_OWNER_USERNAME");
    }
}
