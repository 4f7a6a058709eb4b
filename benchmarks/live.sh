#!/usr/bin/env bash
# Live capture beside a plain C loop over the same kind of ring and beside tcpdump: alternated runs, a sender on one processor,
# the receiver on another, two joined interfaces in a namespace of their own. Prints a Markdown table: the sender's rate (the
# kernel does the receiver's work on the sender's processor), what was lost, the receiver's processor time.
#
#   benchmarks/live.sh [RUNS [COUNT_64 [COUNT_1514]]]     default: 5 runs, 1500000, 600000
#
# Needs root, ip, unshare, taskset, gcc and tcpdump. Quiet neighbours make better numbers.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1-}" != --inside ]; then
  ./pairwire --version >/dev/null # builds and trains, out here where the network is
  tools=$(mktemp -d)
  trap 'rm -rf "$tools"' EXIT
  for name in ring_receiver packet_sender; do
    gcc -O2 -Wall -Wextra -o "$tools/$name" "benchmarks/src/main/c/$name.c"
  done
  unshare -n "$0" --inside "$tools" "${1-5}" "${2-1500000}" "${3-600000}"
  exit
fi

tools=$2 runs=$3
counts=([64]=$4 [1514]=$5)
sysctl -qw net.ipv6.conf.all.disable_ipv6=1
ip link add tx0 type veth peer name rx0
ip link set tx0 up
ip link set rx0 up

receivers=('C ring that only counts, 32 MiB' 'pairwire -w /dev/null, 32 MiB' 'tcpdump -w /dev/null, 32 MiB'
  'C ring that only counts, 2 MiB' 'pairwire -w /dev/null, 2 MiB')
start() { # INDEX: begins to receive in the background, as process $receiver
  case $1 in
  0) exec taskset -c 1 "$tools/ring_receiver" rx0 32 ;;
  1) exec taskset -c 1 ./pairwire capture -i rx0 -B 32768 -w /dev/null --stats-file "$tools/stats" ;;
  2) exec taskset -c 1 tcpdump -i rx0 -B 32768 -w /dev/null ;;
  3) exec taskset -c 1 "$tools/ring_receiver" rx0 2 ;;
  4) exec taskset -c 1 ./pairwire capture -i rx0 -B 2048 -w /dev/null --stats-file "$tools/stats" ;;
  esac
}

# Is the receiver's socket at the interface? As the kernel lists them.
listening() {
  [ "$(wc -l </proc/net/packet)" -gt 1 ]
}

one() { # INDEX LENGTH: prints "rate received dropped cpu_ms"
  rm -f "$tools/stats"
  start "$1" >"$tools/out" 2>"$tools/err" &
  local receiver=$! wait=0 sent
  until listening; do
    if [ $wait -ge 1200 ] || ! kill -0 "$receiver" 2>/dev/null; then
      echo "did not begin: ${receivers[$1]}" >&2
      cat "$tools/err" >&2
      exit 1
    fi
    sleep 0.05
    wait=$((wait + 1))
  done
  sleep 0.3
  sent=$(taskset -c 0 "$tools/packet_sender" tx0 "${counts[$2]}" "$2")
  sleep 0.3
  local cpu
  cpu=$(awk '{print ($14 + $15) * 10}' "/proc/$receiver/stat")
  kill -TERM "$receiver"
  wait "$receiver" || true
  case $1 in
  0 | 3) set -- $(awk '{print $2, $4}' "$tools/out") ;;
  2) set -- $(awk '/captured/ {c = $1} /dropped by kernel/ {d = $1} END {print c, d}' "$tools/err") ;;
  *) set -- $(sed -E 's/.*"delivered":([0-9]+).*"dropped_kernel":([0-9]+).*"interfaces".*/\1 \2/' "$tools/stats") ;;
  esac
  echo "${sent##* } $1 $2 $cpu"
}

median() {
  tr ' ' '\n' | grep . | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

for length in 64 1514; do
  declare -A rates=() losses=() cpus=()
  for ((run = 0; run < runs; run++)); do
    for index in "${!receivers[@]}"; do
      read -r rate got dropped cpu < <(one "$index" "$length")
      rates[$index]+="$rate "
      losses[$index]+="$((${counts[$length]} - got)) "
      cpus[$index]+="$cpu "
      [ "$((got + dropped))" -ge "${counts[$length]}" ] || [ "$index" = 2 ] || echo "unaccounted: ${receivers[$index]}" >&2
    done
  done
  echo "| ${counts[$length]} frames of $length bytes, $runs runs | sender's kpps, median | lost, each run | processor ms, median |"
  echo '| --- | ---: | --- | ---: |'
  for index in "${!receivers[@]}"; do
    printf '| %s | %d | %s| %d |\n' "${receivers[$index]}" "$(($(median <<<"${rates[$index]}") / 1000))" "${losses[$index]}" \
      "$(median <<<"${cpus[$index]}")"
  done
  echo
done
