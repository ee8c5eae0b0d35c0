package io.linli.local;

import io.linli.local.seed.DemoCommunity;
import io.linli.local.system.LocalSystem;
import io.linli.local.system.LogFile;
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
        LogFile.use(options.home());
        say.say("Starting Linli in " + options.home().directory() + " …");
        var system = LocalSystem.start(options.options(), say);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, say, stopped), "stop"));
        DemoCommunity.settle(system.gateway(), say);
        say.say(welcome(system.gateway()));
        stopped.await();
        return 0;
    }

    private static void stop(LocalSystem system, Progress say, CountDownLatch stopped) {
        say.say("Stopping …");
        system.close();
        say.say("Stopped.");
        stopped.countDown();
    }

    private static String welcome(URI gateway) {
        return """

            Gateway   %1$s      all contracts: %1$s/      health: %1$s/healthz
            Logins    %2$s
            Try it    code=$(curl -s %1$s/sandbox/wechat/codes -H 'Content-Type: application/json' -d '{"phone":"%3$s"}')
                      token=$(curl -s %1$s/v1/auth/wechat -H 'Content-Type: application/json' -d "$code" | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                      curl -s %1$s/v1/communities -H "Authorization: Bearer $token"

            Ctrl-C stops; ./linli demo and ./linli replay FILE.csv use this system.
            """.formatted(gateway, DemoCommunity.logins(), DemoCommunity.RESIDENT_PHONE);
    }
}
