package io.linli.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTests {

    @TempDir
    private Path folder;

    @Test
    void a_service_whose_jar_is_gone_is_tried_again_and_again() throws Exception {
        var jar = folder.resolve("tea-service/target/tea-service-1-exec.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "no jar at all");
        var said = new LinkedBlockingQueue<String>();
        var service = new Service("tea-service", "tea", "none", 0, "");

        try (var _ = ChildProcess.start(service, Map.of(), folder, new Home(folder), new Progress(said::add))) {
            Files.delete(jar);

            for (var attempt = 0; attempt < 2; attempt++) {
                awaitSaid(said, "is started again in");
                awaitSaid(said, "cannot be started: no boot jar");
            }
        }
    }

    private static void awaitSaid(BlockingQueue<String> said, String part) throws InterruptedException {
        assertThat(said.poll(20, TimeUnit.SECONDS)).isNotNull().contains(part);
    }
}
