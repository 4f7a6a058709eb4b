/*
 * libpcap's answers, for comparison with the filters of Pairwire.
 *
 *   pcapfilter count EXPRESSIONS CAPTURE...   capture, expression, matches; a line each, tab-separated. A line of
 *                                             EXPRESSIONS is an expression, or link type, verdict and expression
 *                                             separated by tabs. "refused" instead of the matches if libpcap says so.
 *   pcapfilter pipe                           reads requests from standard input, answers on standard output; all
 *                                             numbers are 32 bits, big-endian:
 *     1 linktype optimise length expression packets (captured original bytes)...
 *     2 instructions (code jt jf k)...        packets (captured original bytes)...
 *   and answers 0 length message, or 1 and a verdict for each packet.
 *
 * cc -O2 -o pcapfilter pcapfilter.c -lpcap
 */
#include <arpa/inet.h>
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES (1 << 20)
#define MOST_INSTRUCTIONS 65536

/* A capture without packets, so that expressions are compiled as for a file. */
static pcap_t *empty_capture(int linktype) {
    static unsigned char header[24] = {0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0};
    char why[PCAP_ERRBUF_SIZE];
    header[20] = linktype & 0xff;
    header[21] = linktype >> 8 & 0xff;
    FILE *file = fmemopen(header, sizeof header, "r");
    return file == NULL ? NULL : pcap_fopen_offline(file, why);
}

static int count(const char *expressions, const char *capture) {
    char line[65536], why[PCAP_ERRBUF_SIZE];
    FILE *list = fopen(expressions, "r");
    if (list == NULL) {
        perror(expressions);
        return 1;
    }
    while (fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = 0;
        char *last = strrchr(line, '\t');
        char *expression = last == NULL ? line : last + 1;
        pcap_t *pcap = pcap_open_offline(capture, why);
        if (pcap == NULL) {
            fprintf(stderr, "%s: %s\n", capture, why);
            break;
        }
        struct bpf_program program;
        if (pcap_compile(pcap, &program, expression, 1, 0) < 0) {
            printf("%s\t%s\trefused\n", capture, expression);
        } else {
            struct pcap_pkthdr *header;
            const u_char *bytes;
            unsigned long matches = 0;
            while (pcap_next_ex(pcap, &header, &bytes) == 1)
                if (pcap_offline_filter(&program, header, bytes)) matches++;
            printf("%s\t%s\t%lu\n", capture, expression, matches);
            pcap_freecode(&program);
        }
        pcap_close(pcap);
    }
    fclose(list);
    return 0;
}

static int number(uint32_t *value) {
    if (fread(value, sizeof *value, 1, stdin) != 1) return 0;
    *value = ntohl(*value);
    return 1;
}

static void answer(uint32_t value) {
    value = htonl(value);
    fwrite(&value, sizeof value, 1, stdout);
}

static void refuse(const char *why) {
    answer(0);
    answer(strlen(why));
    fwrite(why, 1, strlen(why), stdout);
}

static void run(struct bpf_program *program, const char *why) {
    static unsigned char bytes[MOST_BYTES];
    uint32_t packets, captured, original;
    if (!number(&packets)) exit(2);
    if (program == NULL) refuse(why);
    else answer(1);
    while (packets-- > 0) {
        if (!number(&captured) || !number(&original) || captured > sizeof bytes) exit(2);
        if (captured > 0 && fread(bytes, 1, captured, stdin) != captured) exit(2);
        if (program != NULL) answer(bpf_filter(program->bf_insns, bytes, original, captured));
    }
    fflush(stdout);
}

static void compile(void) {
    static char expression[65536];
    uint32_t linktype, optimise, length;
    if (!number(&linktype) || !number(&optimise) || !number(&length) || length >= sizeof expression) exit(2);
    if (fread(expression, 1, length, stdin) != length) exit(2);
    expression[length] = 0;
    pcap_t *pcap = empty_capture(linktype);
    struct bpf_program program;
    if (pcap == NULL) {
        run(NULL, "unknown link type");
    } else if (pcap_compile(pcap, &program, expression, optimise, 0) < 0) {
        run(NULL, pcap_geterr(pcap));
    } else {
        run(&program, "");
        pcap_freecode(&program);
    }
    if (pcap != NULL) pcap_close(pcap);
}

static void load(void) {
    static struct bpf_insn instructions[MOST_INSTRUCTIONS];
    uint32_t length, code, jt, jf, k;
    if (!number(&length) || length > MOST_INSTRUCTIONS) exit(2);
    for (uint32_t i = 0; i < length; i++) {
        if (!number(&code) || !number(&jt) || !number(&jf) || !number(&k)) exit(2);
        instructions[i] = (struct bpf_insn) {code, jt, jf, k};
    }
    struct bpf_program program = {length, instructions};
    if (bpf_validate(instructions, length)) run(&program, "");
    else run(NULL, "invalid program");
}

int main(int argc, char **argv) {
    uint32_t what;
    if (argc >= 4 && strcmp(argv[1], "count") == 0) {
        int failed = 0;
        for (int i = 3; i < argc; i++) failed |= count(argv[2], argv[i]);
        return failed;
    }
    if (argc != 2 || strcmp(argv[1], "pipe") != 0) {
        fprintf(stderr, "usage: pcapfilter count EXPRESSIONS CAPTURE... | pcapfilter pipe\n");
        return 2;
    }
    while (number(&what)) {
        if (what == 1) compile();
        else if (what == 2) load();
        else return 2;
    }
    return 0;
}
