/* Sends numbered frames of one length at an interface as fast as it takes them, 64 in one call.
 *
 *   packet_sender INTERFACE COUNT LENGTH
 *
 * Says at the end: sent N seconds N.NNN pps N */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define BATCH 64
#define LONGEST 9216

static unsigned char frames[BATCH][LONGEST];

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: packet_sender INTERFACE COUNT LENGTH\n");
    return 2;
  }
  long count = atol(argv[2]);
  size_t length = (size_t)atol(argv[3]);
  if (length < 18 || length > LONGEST) return 2;
  int s = socket(AF_PACKET, SOCK_RAW, 0);
  if (s < 0) {
    perror("socket");
    return 1;
  }
  int on = 1;
  setsockopt(s, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(argv[1])};
  if (bind(s, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("bind");
    return 1;
  }
  struct mmsghdr messages[BATCH];
  struct iovec vectors[BATCH];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < BATCH; i++) {
    frames[i][0] = 2;
    frames[i][6] = 2;
    frames[i][12] = 0x88;
    frames[i][13] = 0xb5;
    vectors[i] = (struct iovec){frames[i], length};
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (long number = 0; number < count;) {
    int batch = count - number < BATCH ? (int)(count - number) : BATCH;
    for (int i = 0; i < batch; i++) {
      unsigned value = htonl((unsigned)(number + i));
      memcpy(frames[i] + 14, &value, 4);
    }
    for (int done = 0; done < batch;) {
      int sent = sendmmsg(s, messages + done, (unsigned)(batch - done), 0);
      if (sent > 0) done += sent;
      else if (errno != EAGAIN && errno != ENOBUFS && errno != EINTR) {
        perror("sendmmsg");
        return 1;
      }
    }
    number += batch;
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  printf("sent %ld seconds %.3f pps %.0f\n", count, seconds, (double)count / seconds);
  return 0;
}
