package io.pairwire.decode.stream;

/** What a {@link KeyedTable} holds: something found by two addresses and two words that say what else must be equal. */
abstract class Keyed extends Linked {
    long firstHigh;
    long firstLow;
    long secondHigh;
    long secondLow;
    long ports;
    long vlans;
    int hash;
}
