package io.linli.local.system;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.util.Map;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/// One log for everything in this JVM, kept out of the terminal.
///
/// Spring Boot would set logging up anew for each service, which two starts at a time do not survive, so it is told
/// to leave logging alone.
final class LogFile {

    private static final Map<String, Level> LEVELS = Map.of(
            Logger.ROOT_LOGGER_NAME,
            Level.INFO,
            "org.springframework",
            Level.WARN,
            "org.flywaydb",
            Level.WARN,
            "qpid",
            Level.WARN,
            "org.apache.qpid",
            Level.WARN);

    private LogFile() {}

    static void use(Home home) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LogManager.getLogManager().reset();
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{40} : %msg%n");
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(home.log("linli").toString());
        appender.setEncoder(encoder);
        appender.start();
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }
}
