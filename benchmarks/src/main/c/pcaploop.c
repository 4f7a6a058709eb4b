/* The bare loop of libpcap: every packet is read and none is looked at. Prints packets a second, the median of passes. */
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int ascending(const void *a, const void *b) {
    return *(const double *)a < *(const double *)b ? -1 : 1;
}

int main(int argc, char **argv) {
    enum { PASSES = 5 };
    double rates[PASSES];
    for (int i = 0; i < PASSES; i++) {
        char error[PCAP_ERRBUF_SIZE];
        struct pcap_pkthdr *header;
        const u_char *bytes;
        struct timespec from, to;
        long packets = 0;
        clock_gettime(CLOCK_MONOTONIC, &from);
        pcap_t *file = argc > 1 ? pcap_open_offline(argv[1], error) : NULL;
        if (!file) return fprintf(stderr, "%s\n", argc > 1 ? error : "usage: pcaploop FILE"), 1;
        while (pcap_next_ex(file, &header, &bytes) == 1) packets++;
        pcap_close(file);
        clock_gettime(CLOCK_MONOTONIC, &to);
        rates[i] = packets / (to.tv_sec - from.tv_sec + (to.tv_nsec - from.tv_nsec) / 1e9);
    }
    qsort(rates, PASSES, sizeof *rates, ascending);
    return printf("%.0f\n", rates[PASSES / 2]) < 0;
}
