/* libpcap's filter over many packets in one call, so that a call from the JVM does not count. A shared library. */
#include <pcap/pcap.h>
#include <stdlib.h>

/* The expression for Ethernet, optimised; NULL if libpcap does not take it. */
struct bpf_program *filter_open(const char *expression) {
    struct bpf_program *program = malloc(sizeof *program);
    pcap_t *ethernet = pcap_open_dead(DLT_EN10MB, 262144);
    if (program && ethernet && pcap_compile(ethernet, program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0) return program;
    return NULL;
}

int filter_length(const struct bpf_program *program) {
    return program->bf_len;
}

/* How many of the packets it accepts. */
int filter_count(const struct bpf_program *program, const u_char *memory, const long *starts, const int *lengths, int count) {
    int accepted = 0;
    for (int i = 0; i < count; i++)
        accepted += bpf_filter(program->bf_insns, memory + starts[i], lengths[i], lengths[i]) != 0;
    return accepted;
}
