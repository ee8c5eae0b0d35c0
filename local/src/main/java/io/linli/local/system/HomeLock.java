package io.linli.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// One system per home folder. The operating system gives the lock back when its holder dies, however it dies.
final class HomeLock implements AutoCloseable {

    private final Home home;
    private final FileChannel channel;

    private HomeLock(Home home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    static HomeLock take(Home home) {
        try {
            Files.createDirectories(home.directory());
            var channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new CannotStart("a system runs from " + home.directory() + " already"
                        + PidFile.firstLine(home.pid("launcher"))
                                .map(pid -> " (pid " + pid + ")")
                                .orElse("")
                        + "; stop it first");
            }
            PidFile.delete(home.systemFile());
            PidFile.write(home.pid("launcher"), ProcessHandle.current().pid());
            return new HomeLock(home, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    @Override
    public void close() {
        PidFile.delete(home.systemFile());
        PidFile.delete(home.pid("launcher"));
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
