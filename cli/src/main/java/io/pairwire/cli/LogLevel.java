package io.pairwire.cli;

import ch.qos.logback.classic.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    WARN,
    ERROR;

    /** Where logback.xml looks for the level. */
    private static final String PROPERTY = "pairwire.log.level";

    /** Takes effect if nothing was logged in this process yet. */
    void apply() {
        System.setProperty(PROPERTY, this == WARNING ? WARN.name() : name());
    }

    /** Takes effect at any time. */
    void change() {
        apply();
        var root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        if (root instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(Level.toLevel(System.getProperty(PROPERTY)));
        }
    }

    /** For one logger and those below it, at any time. */
    void change(String name) {
        if (LoggerFactory.getLogger(name) instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(Level.toLevel(this == WARNING ? WARN.name() : name()));
        }
    }

    static boolean isDebug() {
        return DEBUG.name().equals(System.getProperty(PROPERTY));
    }
}
