#!/usr/bin/env bash
# Minutes of mixed traffic between two joined interfaces in a namespace of their own, paired as it comes. Fails unless every packet
# that was sent was delivered, all pairs that the generator knows of were found, and memory stopped growing after the first third.
#
#   benchmarks/soak.sh [MINUTES [PAIRS_A_SECOND]]     default: 10 minutes, 10000
#
# Needs root, ip and unshare.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1-10} rate=${2-10000}

if [ "${1-}" != --inside ]; then
  ./pairwire --version >/dev/null # builds and trains, out here where the network is
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  unshare -n "$0" --inside "$work" "$minutes" "$rate"
  exit
fi

work=$2 minutes=$3 rate=$4
seconds=$((minutes * 60))
sysctl -qw net.ipv6.conf.all.disable_ipv6=1
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
ip link add tx0 mtu 9000 type veth peer name rx0 mtu 9000
ip link set tx0 up
ip link set rx0 up

# A queue that is full for a moment is to wait, not to drop: then only the ring can lose packets, and it says so.
./pairwire capture -i rx0 --quiet --match --queue-policy block --expiry 20s --format csv -o "$work/pairs.csv" --stats-file "$work/stats.json" \
  2>"$work/capture.err" &
capture=$!
until [ "$(wc -l </proc/net/packet)" -gt 1 ]; do
  kill -0 $capture 2>/dev/null || { cat "$work/capture.err" >&2 && exit 1; }
  sleep 0.1
done

# A pipe from the generator, so that nothing comes twice; sent at the times that stand in it.
./pairwire generate --profile mixed --pairs $((seconds * rate)) --rate "$rate" --latency lognormal:2ms --precision ns \
  --json -w - 2>"$work/known.json" | ./pairwire replay -i tx0 --json - >"$work/sent.json" 2>"$work/replay.err" &
replay=$!

# Resident memory in KiB, every second.
while kill -0 $replay 2>/dev/null; do
  awk '/VmRSS/ {print $2}' /proc/$capture/status >>"$work/memory" || break
  sleep 1
done
wait $replay || { cat "$work/replay.err" >&2 && exit 1; }
sleep 2
kill -TERM $capture
wait $capture || { cat "$work/capture.err" >&2 && exit 1; }

number() { # FILE NAME: the first number of that name
  sed -nE "s/.*[{,]\"$2\":([0-9]+).*/\1/p" <<<"$(tr '{' '\n' <"$1" | sed 's/^/{/' | grep -m1 "\"$2\":")"
}
sent=$(number "$work/sent.json" sent)
known=$(number "$work/known.json" matches)
delivered=$(number "$work/stats.json" delivered)
lost=$(number "$work/stats.json" dropped_kernel) # the interface counts what its stack had no use for, too
found=$(number "$work/stats.json" matched_pairs)
lines=$(($(wc -l <"$work/pairs.csv") - 1))
# The highest of the second and of the last third: the heap grows to its working size in the first.
read -r middle last < <(awk '{v[NR] = $1} END {
  for (i = 1; i <= NR; i++) { if (i > NR / 3 && i <= 2 * NR / 3 && v[i] > m) m = v[i]; if (i > 2 * NR / 3 && v[i] > l) l = v[i] }
  print m + 0, l + 0}' "$work/memory")

echo "| minutes | pairs/s | sent | delivered | lost | pairs known | found | printed | memory MB, second third | last third |"
echo '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |'
echo "| $minutes | $rate | $sent | $delivered | $lost | $known | $found | $lines | $((middle / 1024)) | $((last / 1024)) |"

failed=0
fail() {
  echo "soak: $*" >&2
  failed=1
}
[ "$delivered" = "$sent" ] && [ "$lost" = 0 ] || fail "packets are missing"
[ "$found" = "$known" ] && [ "$lines" = "$known" ] || fail "pairs are missing, or there are too many"
[ $((last * 100)) -le $((middle * 105 + 800 * 1024)) ] || fail "memory grows"
exit $failed
