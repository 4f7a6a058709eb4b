#!/bin/sh
# Makes the example captures anew. They are reproducible: the same options give the same bytes on every machine.
set -eu
cd "$(dirname "$0")"
generate="../../pairwire generate"

# 1,000 requests through a UDP-to-TCP gateway; a few are never answered.
$generate --profile gateway --pairs 1000 --flows 50 --payload 16-32 --latency lognormal:1ms \
    --interval 200us --unanswered 0.01 -w gateway.pcap

# UDP and TCP requests, in nanoseconds; some packets lost, sent twice, or written late.
$generate --profile request-response --pairs 600 --flows 40 --payload 16-64 --latency 200us-5ms \
    --interval 100us --loss 0.01 --duplicates 0.02 --reorder 0.02 --precision ns -w request-response.pcap

# VLAN, QinQ, MPLS, IPv6, extension headers, fragments, ARP, ICMP.
$generate --profile mixed --pairs 300 --flows 48 --payload 16-600 --interval 500us \
    --loss 0.005 --duplicates 0.01 --noise 0.3 -w mixed.pcap

# The same traffic seen at two points; the second clock is 2 ms ahead.
$generate --profile two-taps --pairs 500 --flows 20 --payload 16-32 --latency lognormal:500us \
    --interval 200us --tap-delay 80us-120us --clock-offset 2ms --loss 0.01 --precision ns -w two-taps.pcap
