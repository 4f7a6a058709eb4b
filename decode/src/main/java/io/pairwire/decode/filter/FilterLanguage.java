package io.pairwire.decode.filter;

/** What filters are written in. */
public enum FilterLanguage {
    /** The expressions of pcap-filter(7). */
    PCAP,
    /** Classic BPF in one of the forms that {@code tcpdump -d}, {@code -dd} and {@code -ddd} print. */
    BPF
}
