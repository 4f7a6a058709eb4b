/*
 * What PoolBenchmark does, by DPDK's mempool and mbufs: 32 buffers of 2048 bytes singly, then 32 releases, and 32 at once.
 * Prints the median of 201 slices, nanoseconds a buffer. Without huge pages, so that it runs anywhere.
 *
 *   cc -O3 -march=native -o mempool mempool.c $(pkg-config --cflags --libs libdpdk)
 */
#include <rte_eal.h>
#include <rte_mbuf.h>
#include <rte_mempool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BATCH 32
#define TURNS 4096
#define SLICES 201

static struct rte_mempool *pool;
static struct rte_mbuf *bufs[BATCH];

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static void between(void) { __asm__ volatile("" ::: "memory"); }

static void singles(void) {
  for (int i = 0; i < BATCH; i++)
    if ((bufs[i] = rte_pktmbuf_alloc(pool)) == NULL) exit(1);
  between();
  for (int i = 0; i < BATCH; i++) rte_pktmbuf_free(bufs[i]);
}

static void bulk(void) {
  if (rte_pktmbuf_alloc_bulk(pool, bufs, BATCH) != 0) exit(1);
  between();
  rte_pktmbuf_free_bulk(bufs, BATCH);
}

static void bare(void) {
  if (rte_mempool_get_bulk(pool, (void **)bufs, BATCH) != 0) exit(1);
  between();
  rte_mempool_put_bulk(pool, (void *const *)bufs, BATCH);
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void measure(const char *name, void (*turn)(void)) {
  double slices[SLICES];
  for (int i = 0; i < TURNS * 20; i++) turn();
  for (int slice = 0; slice < SLICES; slice++) {
    double start = now();
    for (int i = 0; i < TURNS; i++) turn();
    slices[slice] = (now() - start) / TURNS / BATCH;
  }
  qsort(slices, SLICES, sizeof *slices, ascending);
  printf("%s %.3f\n", name, slices[SLICES / 2]);
}

int main(int argc, char **argv) {
  (void)argc;
  char *options[] = {argv[0], "--no-huge", "--no-pci", "--log-level=1", "-m", "64", "-l", "0", NULL};
  if (rte_eal_init(8, options) < 0) return 1;
  pool = rte_pktmbuf_pool_create("pool", 8191, 256, 0, 2048 + RTE_PKTMBUF_HEADROOM, 0);
  if (pool == NULL) return 1;
  measure("mbufs singly", singles);
  measure("mbufs at once", bulk);
  measure("bare pointers of the mempool at once, no reference count", bare);
  return 0;
}
