package io.linli.local;

import io.linli.local.seed.DemoCommunity;
import io.linli.local.system.Progress;
import io.linli.local.system.SystemOptions;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `./linli up`: the system, kept under `.linli/`, until Ctrl-C.
@Command(
        name = "up",
        description = "Starts the whole system with a demo community and keeps it running.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private SystemOptions options = new SystemOptions();

    @Override
    public Integer call() throws InterruptedException {
        var say = new Progress(System.out::println);
        say.say("Starting Linli in " + options.home().directory() + " …");
        var asked = new CountDownLatch(1);
        try (var system = options.start(say, started -> asked.countDown())) {
            DemoCommunity.settle(system.gateway(), say);
            say.say(welcome(system.gateway()));
            asked.await();
            say.say("Stopping …");
        }
        say.say("Stopped.");
        return 0;
    }

    static String welcome(URI gateway) {
        return """

            Gateway   %1$s      all contracts: %1$s/      health: %1$s/healthz
            Logins    %2$s
            Try it    code=$(curl -s %1$s/sandbox/wechat/codes -H 'Content-Type: application/json' \
            -d '{"phone":"%3$s"}')
                      token=$(curl -s %1$s/v1/auth/wechat -H 'Content-Type: application/json' -d "$code" \
            | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                      curl -s %1$s/v1/communities -H "Authorization: Bearer $token"

            Ctrl-C stops; ./linli demo and ./linli replay FILE.csv use this system.
            """.formatted(gateway, DemoCommunity.logins(), DemoCommunity.RESIDENT_PHONE);
    }
}
