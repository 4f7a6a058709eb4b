#!/usr/bin/env bash
# How fast captures are compared and copies removed: medians over alternated runs in a heap of 256 MB, whole processes with
# their start, from a warm page cache. Prints a Markdown table. The peer is editcap, if there is one.
#
#   benchmarks/compare.sh [RUNS [PAIRS [COPIES]]]
#
# default: 5 runs, 2500000 pairs (twice 5 million packets, 1.3 GB each), and for copies one capture of twice as many pairs (10.5
# million packets of mixed traffic, 6.4 GB): editcap takes the same for each packet, and a JVM has to start first.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-5}
pairs=${2:-2500000}
copies=${3:-$((2 * pairs))}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PAIRWIRE_OPTS=-Xmx256m

./pairwire generate --profile two-taps --pairs "$pairs" --flows 10000 --payload 150 --interval 20us --latency 5us \
  --loss 0.001 --clock-offset 5ms --tap-delay 1us --precision ns -w "$work/t.pcap" 2>/dev/null
./pairwire generate --profile mixed --pairs "$copies" --flows 10000 -w "$work/mixed.pcap" 2>/dev/null
packets=$(./pairwire read --count "$work/t-a.pcap" "$work/t-b.pcap" | grep -Eo '[0-9]+' | head -1)
mixed=$(./pairwire read --count "$work/mixed.pcap" | grep -Eo '[0-9]+' | head -1)

names=('compare A B, routed' 'compare A A' 'dedup --report' 'dedup >/dev/null' 'editcap -d, to /dev/null')
counts=("$packets" "$packets" "$mixed" "$mixed" "$mixed")
measure() { # INDEX
  case $1 in
  0) ./pairwire compare --quiet --json --profile routed "$work/t-a.pcap" "$work/t-b.pcap" ;;
  1) ./pairwire compare --quiet --json "$work/t-a.pcap" "$work/t-a.pcap" ;;
  2) ./pairwire dedup --quiet --report "$work/mixed.pcap" ;;
  3) ./pairwire dedup --quiet --no-nanoseconds "$work/mixed.pcap" ;;
  4) editcap -d -F pcap "$work/mixed.pcap" /dev/null ;;
  esac </dev/null >/dev/null 2>&1
}

last=4
command -v editcap >/dev/null || { last=3; echo 'no editcap here: no ratio' >&2; }
declare -A times
for ((run = 0; run <= runs; run++)); do
  for ((index = 0; index <= last; index++)); do
    before=${EPOCHREALTIME/[.,]/}
    measure "$index"
    took=$((${EPOCHREALTIME/[.,]/} - before))
    [ "$run" = 0 ] || times[$index]+="$took " # the first warms the page cache
  done
done

echo "| median of $runs | packets | s | M packets/s |"
echo '| --- | ---: | ---: | ---: |'
for ((index = 0; index <= last; index++)); do
  median=$(tr ' ' '\n' <<<"${times[$index]% }" | sort -n | sed -n "$((runs / 2 + 1))p")
  awk -v name="${names[$index]}" -v n="${counts[$index]}" -v us="$median" \
    'BEGIN { printf "| `%s` | %d | %.2f | %.2f |\n", name, n, us / 1e6, n / us }'
done
