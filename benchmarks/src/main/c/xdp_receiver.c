/* A plain AF_XDP loop: the yardstick for our AF_XDP source. Takes all packets of queue 0 of an interface, in copy mode, until SIGINT or
 * SIGTERM, and counts them. Needs the kernel's headers alone.
 *
 *   xdp_receiver INTERFACE native|generic FRAMES SLEEP_US
 *
 * Looks at the ring, sleeps SLEEP_US while packets come, polls when none have come for 2 ms. Says "ready" on standard error when
 * packets are taken, and at the end, on standard output:
 *   received N dropped N cpu_ms N */
#define _GNU_SOURCE
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FRAME 2048

static volatile sig_atomic_t stop;

static void on_signal(int number) {
  (void)number;
  stop = 1;
}

static int check(int answer, const char *what) {
  if (answer < 0) {
    perror(what);
    exit(1);
  }
  return answer;
}

static int bpf(int command, union bpf_attr *attributes) {
  return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

static struct bpf_insn instruction(int code, int dst, int src, int off, int imm) {
  return (struct bpf_insn){.code = (__u8)code, .dst_reg = (__u8)dst & 15, .src_reg = (__u8)src & 15, .off = (__s16)off, .imm = imm};
}

/* To the socket of the queue, or on to the stack. */
static int load(int map) {
  struct bpf_insn program[] = {
      instruction(BPF_LDX | BPF_MEM | BPF_W, 2, 1, 16, 0),
      instruction(BPF_LD | BPF_IMM | BPF_DW, 1, BPF_PSEUDO_MAP_FD, 0, map),
      instruction(0, 0, 0, 0, 0),
      instruction(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, XDP_PASS),
      instruction(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_redirect_map),
      instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
  };
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.prog_type = BPF_PROG_TYPE_XDP;
  attributes.insns = (uintptr_t)program;
  attributes.insn_cnt = sizeof program / sizeof *program;
  attributes.license = (uintptr_t) "GPL";
  return check(bpf(BPF_PROG_LOAD, &attributes), "BPF_PROG_LOAD");
}

struct ring {
  uint32_t *producer, *consumer;
  void *entries;
};

static struct ring map_ring(int s, const struct xdp_ring_offset *offset, size_t length, off_t at) {
  unsigned char *memory = mmap(NULL, offset->desc + length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, s, at);
  if (memory == MAP_FAILED) check(-1, "mmap of a ring");
  return (struct ring){(uint32_t *)(memory + offset->producer), (uint32_t *)(memory + offset->consumer), memory + offset->desc};
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: xdp_receiver INTERFACE native|generic FRAMES SLEEP_US\n");
    return 2;
  }
  int generic = strcmp(argv[2], "generic") == 0;
  uint32_t frames = (uint32_t)atoi(argv[3]);
  struct timespec nap = {0, atol(argv[4]) * 1000};
  int s = check(socket(AF_XDP, SOCK_RAW, 0), "socket");
  void *memory = mmap(NULL, (size_t)frames * FRAME, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) check(-1, "mmap");
  struct xdp_umem_reg umem = {.addr = (uintptr_t)memory, .len = (uint64_t)frames * FRAME, .chunk_size = FRAME};
  check(setsockopt(s, SOL_XDP, XDP_UMEM_REG, &umem, sizeof umem), "XDP_UMEM_REG");
  check(setsockopt(s, SOL_XDP, XDP_UMEM_FILL_RING, &frames, sizeof frames), "XDP_UMEM_FILL_RING");
  check(setsockopt(s, SOL_XDP, XDP_UMEM_COMPLETION_RING, &frames, sizeof frames), "XDP_UMEM_COMPLETION_RING");
  check(setsockopt(s, SOL_XDP, XDP_RX_RING, &frames, sizeof frames), "XDP_RX_RING");
  struct xdp_mmap_offsets offsets;
  socklen_t length = sizeof offsets;
  check(getsockopt(s, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &length), "XDP_MMAP_OFFSETS");
  struct ring fill = map_ring(s, &offsets.fr, frames * sizeof(uint64_t), (off_t)XDP_UMEM_PGOFF_FILL_RING);
  struct ring rx = map_ring(s, &offsets.rx, frames * sizeof(struct xdp_desc), XDP_PGOFF_RX_RING);
  for (uint32_t i = 0; i < frames; i++) ((uint64_t *)fill.entries)[i] = (uint64_t)i * FRAME;
  __atomic_store_n(fill.producer, frames, __ATOMIC_RELEASE);
  struct sockaddr_xdp address = {.sxdp_family = AF_XDP, .sxdp_flags = XDP_COPY | XDP_USE_NEED_WAKEUP,
                                 .sxdp_ifindex = if_nametoindex(argv[1])};
  check(bind(s, (struct sockaddr *)&address, sizeof address), "bind");

  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_type = BPF_MAP_TYPE_XSKMAP;
  attributes.key_size = attributes.value_size = 4;
  attributes.max_entries = 1;
  int map = check(bpf(BPF_MAP_CREATE, &attributes), "BPF_MAP_CREATE");
  uint32_t queue = 0;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_fd = (uint32_t)map;
  attributes.key = (uintptr_t)&queue;
  attributes.value = (uintptr_t)&s;
  check(bpf(BPF_MAP_UPDATE_ELEM, &attributes), "BPF_MAP_UPDATE_ELEM");
  int program = load(map);
  memset(&attributes, 0, sizeof attributes);
  attributes.link_create.prog_fd = (uint32_t)program;
  attributes.link_create.target_ifindex = if_nametoindex(argv[1]);
  attributes.link_create.attach_type = BPF_XDP;
  attributes.link_create.flags = generic ? XDP_FLAGS_SKB_MODE : XDP_FLAGS_DRV_MODE;
  check(bpf(BPF_LINK_CREATE, &attributes), "BPF_LINK_CREATE");
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  fprintf(stderr, "ready\n");

  unsigned long long seen = 0, bytes = 0;
  uint32_t taken = 0, filled = frames;
  int64_t last = 0;
  while (!stop) {
    uint32_t there = __atomic_load_n(rx.producer, __ATOMIC_ACQUIRE);
    if (there == taken) {
      struct pollfd p = {.fd = s, .events = POLLIN};
      if (nap.tv_nsec && now() - last < 2000000) nanosleep(&nap, NULL);
      else poll(&p, 1, 20);
      continue;
    }
    while (taken != there) {
      struct xdp_desc *d = &((struct xdp_desc *)rx.entries)[taken++ & (frames - 1)];
      seen++;
      bytes += d->len;
      ((uint64_t *)fill.entries)[filled++ & (frames - 1)] = d->addr & ~(uint64_t)(FRAME - 1);
    }
    __atomic_store_n(rx.consumer, taken, __ATOMIC_RELEASE);
    __atomic_store_n(fill.producer, filled, __ATOMIC_RELEASE);
    last = now();
  }
  struct xdp_statistics statistics;
  length = sizeof statistics;
  check(getsockopt(s, SOL_XDP, XDP_STATISTICS, &statistics, &length), "XDP_STATISTICS");
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  long cpu = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
  printf("received %llu dropped %llu cpu_ms %ld\n", seen, (unsigned long long)(statistics.rx_dropped + statistics.rx_ring_full), cpu);
  return bytes == 0 && seen > 0;
}
