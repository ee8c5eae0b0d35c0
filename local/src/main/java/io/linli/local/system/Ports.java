package io.linli.local.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

/// Tells before anything starts which port somebody else has taken.
final class Ports {

    private Ports() {}

    static void checkFree(Map<String, Integer> wanted) {
        wanted.forEach((service, port) -> {
            if (!isFree(port)) {
                throw new CannotStart("port %d (%s) is taken%s; --port-base shifts all ports"
                        .formatted(
                                port,
                                service,
                                owner(port).map(who -> " by " + who).orElse("")));
            }
        });
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// Asks lsof, which macOS has and Linux often: without it the message only lacks the name.
    private static Optional<String> owner(int port) {
        return Commands.firstLine("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                .filter(pid -> pid.matches("\\d+"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .map(process -> process.info().command().orElse("a process") + " (pid " + process.pid() + ")");
    }
}
