#!/usr/bin/env bash
# Live capture beside other receivers: plain C loops over the same kinds of ring, tcpdump, dumpcap, pcap4j. Alternated runs, a sender on
# one processor, the receiver on another, two joined interfaces in a namespace of their own. Prints Markdown tables: the sender's
# rate (the kernel does the receiver's work on the sender's processor), what was lost, the receiver's processor time; and then how long
# it takes from a packet to the line about its pair.
#
#   benchmarks/live.sh [RUNS [COUNT_64 [COUNT_1514 [ROWS]]]]     default: 5 runs, 1500000, 600000, all rows
#
# ROWS is a regular expression for the names of rows, such as 'C ring|pairwire ring'; "latency" is one of them.
# LIVE_DISK: a directory for the rows that write to disk (default: one of mktemp).
#
# Needs root, ip, unshare, taskset and gcc; leaves out tcpdump, dumpcap, python3 (latency) and pcap4j where they are missing.
# Quiet neighbours make better numbers.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1-}" != --inside ]; then
  ./pairwire --version >/dev/null # builds and trains, out here where the network is
  tools=$(mktemp -d)
  trap 'rm -rf "$tools"' EXIT
  for name in ring_receiver packet_sender xdp_receiver; do
    gcc -O2 -Wall -Wextra -o "$tools/$name" "benchmarks/src/main/c/$name.c" || [ $name = xdp_receiver ]
  done
  unshare -n "$0" --inside "$tools" "${1-5}" "${2-1500000}" "${3-600000}" "${4-.}"
  exit
fi

tools=$2 runs=$3 rows=$6
counts=([64]=$4 [1514]=$5)
disk=${LIVE_DISK-$tools}
sysctl -qw net.ipv6.conf.all.disable_ipv6=1
ip link add tx0 type veth peer name rx0
ip link set tx0 up
ip link set rx0 up

receivers=() commands=()
row() { # NAME COMMAND...: one more receiver, if it is wanted and there
  local name=$1
  shift
  [[ $name =~ $rows ]] || return 0
  command -v "$1" >/dev/null || { echo "left out, no $1: $name" >&2 && return 0; }
  receivers+=("$name")
  commands+=("$*")
}
ours="./pairwire capture -i rx0 --stats-interval 0 --stats-file $tools/stats"
row 'C ring that only counts, 32 MiB' "$tools/ring_receiver" rx0 32
row 'pairwire ring, -w /dev/null, 32 MiB' $ours -B 32768 -w /dev/null
row 'tcpdump -w /dev/null, 32 MiB' tcpdump -i rx0 -B 32768 -w /dev/null
if [ -f benchmarks/target/benchmarks.jar ]; then
  . .mvn/jdk.sh
  jdk_find java
  row 'pcap4j that only counts, 32 MiB' "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
    -cp benchmarks/target/benchmarks.jar io.pairwire.benchmarks.Pcap4jReceiver rx0 32
else
  echo 'left out, no benchmarks/target/benchmarks.jar (./mvnw -pl benchmarks -am package): pcap4j' >&2
fi
row 'C ring that only counts, 2 MiB' "$tools/ring_receiver" rx0 2
row 'pairwire ring, -w /dev/null, 2 MiB' $ours -B 2048 -w /dev/null
for mode in native generic; do # 16,384 frames, and the sleep that is ours with so many
  row "C AF_XDP that only counts, $mode" "$tools/xdp_receiver" rx0 $mode 16384 400
  row "pairwire AF_XDP, -w /dev/null, $mode" $ours --backend af-xdp --xdp-mode $mode -B 32768 -w /dev/null
done
row 'dumpcap to disk, pcap, 32 MiB' dumpcap -q -P -i rx0 -B 32 -w "$disk/live.pcap"
row 'tcpdump to disk, 32 MiB' tcpdump -i rx0 -B 32768 -w "$disk/live.pcap"
row 'pairwire to disk, pcap, 32 MiB' $ours -B 32768 -w "$disk/live.pcap"
row 'pairwire to disk, pcapng, 32 MiB' $ours -B 32768 -w "$disk/live.pcapng"

# Does the receiver say that packets are let in? Its socket is no sign of that: the kernel lists it as soon as it is made, and until it
# has its ring and its interface a third of a second may pass.
listening() {
  grep -qiE '^ready|listening on|capturing on' "$tools/err"
}

# Is there nothing left of any receiver, as the kernel lists sockets and programs?
gone() {
  local wait=0
  while [ "$(wc -l </proc/net/packet)" -gt 1 ] || ip link show rx0 | grep -q xdp; do
    [ $wait -lt 200 ] || { echo 'a receiver has ended and its socket is still there' >&2 && exit 1; }
    sleep 0.05
    wait=$((wait + 1))
  done
}

one() { # INDEX LENGTH: prints "rate received dropped cpu_ms"
  rm -f "$tools/stats" "$disk/live.pcap" "$disk/live.pcapng"
  taskset -c 1 ${commands[$1]} >"$tools/out" 2>"$tools/err" &
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
  gone
  case ${receivers[$1]} in
  pairwire*) set -- $(sed -E 's/.*"delivered":([0-9]+).*"dropped_kernel":([0-9]+).*"interfaces".*/\1 \2/' "$tools/stats") ;;
  tcpdump*) set -- $(awk '/captured/ {c = $1} /dropped by kernel/ {d = $1} END {print c, d}' "$tools/err") ;;
  dumpcap*) set -- $(sed -nE "s|.*received/dropped on interface.*: ([0-9]+)/([0-9]+).*|\1 \2|p" "$tools/err") ;;
  *) set -- $(awk '/^received/ {print $2, $4}' "$tools/out") ;;
  esac
  echo "${sent##* } $1 $2 $cpu"
}

median() {
  tr ' ' '\n' | grep . | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

for length in 64 1514; do
  [ ${#receivers[@]} -gt 0 ] && [ "${counts[$length]}" -gt 0 ] || continue
  declare -A rates=() losses=() cpus=()
  for ((run = 0; run < runs; run++)); do
    for index in "${!receivers[@]}"; do
      read -r rate got dropped cpu < <(one "$index" "$length")
      rates[$index]+="$rate "
      losses[$index]+="$((${counts[$length]} - got)) "
      cpus[$index]+="$cpu "
      case ${receivers[$index]} in
      tcpdump* | dumpcap*) ;; # do not count all that they lose
      *) [ "$((got + dropped))" -ge "${counts[$length]}" ] || echo "unaccounted: ${receivers[$index]}" >&2 ;;
      esac
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

if [[ latency =~ $rows ]] && command -v python3 >/dev/null; then
  echo '| from a packet to the line about its pair, ms | median | p95 | max |'
  echo '| --- | ---: | ---: | ---: |'
  for how in '' '--latency 2ms' '--immediate'; do
    read -r _ median _ p95 _ max _ < <(python3 benchmarks/latency.py tx0 200 ./pairwire capture -i rx0 --match --format csv $how)
    echo "| \`capture --match${how:+ $how}\` | $median | $p95 | $max |"
  done
fi
