package io.pairwire.engine.task;

/**
 * What a pool has done, as of some moment.
 *
 * @param submitted in all; the others but the last add up to it
 * @param failed skipped ones not included
 * @param abandoned threads whose task was given up and has not stopped yet
 */
public record TaskStatistics(
        long submitted,
        long waiting,
        long running,
        long done,
        long failed,
        long timedOut,
        long skipped,
        long cancelled,
        long retried,
        long abandoned) {}
