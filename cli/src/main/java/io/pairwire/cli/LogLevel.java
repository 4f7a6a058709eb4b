package io.pairwire.cli;

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

    static boolean isDebug() {
        return DEBUG.name().equals(System.getProperty(PROPERTY));
    }
}
