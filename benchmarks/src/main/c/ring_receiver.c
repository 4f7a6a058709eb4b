/* A plain TPACKET_V3 loop: the yardstick for our ring. Counts packets of an interface until SIGINT or SIGTERM.
 *
 *   ring_receiver INTERFACE RING_MIB
 *
 * Says "ready" on standard error when packets are let in, and at the end, on standard output:
 *   received N dropped N freezes N cpu_ms N */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define BLOCK (1 << 17)

static volatile sig_atomic_t stop;

static void on_signal(int number) {
  (void)number;
  stop = 1;
}

static void check(int answer, const char *what) {
  if (answer < 0) {
    perror(what);
    exit(1);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: ring_receiver INTERFACE RING_MIB\n");
    return 2;
  }
  unsigned blocks = (unsigned)atoi(argv[2]) * 8;
  int s = socket(AF_PACKET, SOCK_RAW, 0);
  check(s, "socket");
  int version = TPACKET_V3;
  check(setsockopt(s, SOL_PACKET, PACKET_VERSION, &version, sizeof version), "PACKET_VERSION");
  struct tpacket_req3 request = {.tp_block_size = BLOCK, .tp_block_nr = blocks, .tp_frame_size = 2048,
                                 .tp_frame_nr = BLOCK / 2048 * blocks, .tp_retire_blk_tov = 3};
  check(setsockopt(s, SOL_PACKET, PACKET_RX_RING, &request, sizeof request), "PACKET_RX_RING");
  unsigned char *ring = mmap(NULL, (size_t)BLOCK * blocks, PROT_READ | PROT_WRITE, MAP_SHARED, s, 0);
  if (ring == MAP_FAILED) {
    perror("mmap");
    return 1;
  }
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
                                .sll_ifindex = (int)if_nametoindex(argv[1])};
  check(bind(s, (struct sockaddr *)&address, sizeof address), "bind");
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  fprintf(stderr, "ready\n");

  unsigned long long seen = 0, bytes = 0;
  unsigned block = 0;
  int quiet = 0;
  while (!stop || quiet < 20) {
    struct tpacket_block_desc *d = (void *)(ring + (size_t)block * BLOCK);
    if (!(__atomic_load_n(&d->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) {
      struct pollfd p = {.fd = s, .events = POLLIN};
      if (poll(&p, 1, 10) == 0 && stop) quiet++;
      continue;
    }
    struct tpacket3_hdr *h = (void *)((unsigned char *)d + d->hdr.bh1.offset_to_first_pkt);
    for (unsigned i = 0; i < d->hdr.bh1.num_pkts; i++) {
      seen++;
      bytes += h->tp_snaplen;
      h = (void *)((unsigned char *)h + h->tp_next_offset);
    }
    __atomic_store_n(&d->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    block = (block + 1) % blocks;
  }
  struct tpacket_stats_v3 statistics;
  socklen_t length = sizeof statistics;
  check(getsockopt(s, SOL_PACKET, PACKET_STATISTICS, &statistics, &length), "PACKET_STATISTICS");
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  long cpu = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
  printf("received %llu dropped %u freezes %u cpu_ms %ld\n", seen, statistics.tp_drops, statistics.tp_freeze_q_cnt, cpu);
  return 0;
}
