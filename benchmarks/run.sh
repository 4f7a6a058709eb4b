#!/bin/sh
# Measures pairwire beside other programs on this machine and writes docs/benchmarks.md. Wants an idle machine and about
# twenty minutes; whatever is missing is built, captures are generated, programs that are not installed are left out.
#
#   benchmarks/run.sh [--quick] [--only NAME]...
#
#   --quick      a tenth of the packets and few runs, to see that everything works: ratios mean little
#   --only NAME  one group of rows: match, count, csv, threads, memory, decode, peers,
#                files, filter, version, jmh, pool
#
# Only a full run writes docs/benchmarks.md; the others print the table and leave it in benchmarks/target.
#
#   PAIRWIRE_BENCH_DIR  where the captures go (8 GB, 1 GB with --quick): default /dev/shm/pairwire-bench if there is room
set -eu
cd "$(dirname "$0")/.."

say() {
  echo "benchmarks: $*" >&2
}

quick=
for argument; do
  case $argument in
  --quick) quick=yes ;;
  -h | --help) sed -n '2,/^set -eu/s/^# \{0,1\}//p' "$0" && exit 0 ;;
  esac
done

. .mvn/jdk.sh
jdk_find java || {
  say "$(jdk_missing)"
  exit 1
}
command -v python3 >/dev/null || {
  say 'python3 is needed: it starts the programs, takes their times and their memory'
  exit 1
}

./pairwire --version >/dev/null # builds it, if need be, and makes its start-up cache

jar=benchmarks/target/benchmarks.jar
if [ ! -f $jar ] || [ -n "$(find pom.xml */pom.xml */src/main -newer $jar)" ]; then
  say 'building the benchmarks ...'
  ./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl benchmarks -am package >&2
fi

loop=benchmarks/target/pcaploop
if [ ! -x $loop ] && ! cc -O2 -o $loop benchmarks/src/main/c/pcaploop.c -lpcap 2>/dev/null; then
  say 'no C compiler with pcap.h (libpcap-dev): rows against the bare loop of libpcap are left out'
fi

filters=benchmarks/target/filterloop.so
if [ -x $loop ] && [ ! -f $filters ]; then
  cc -O2 -shared -fPIC -o $filters benchmarks/src/main/c/filterloop.c -lpcap
fi

mempool=benchmarks/target/mempool
if [ ! -x $mempool ] && command -v pkg-config >/dev/null && pkg-config --exists libdpdk; then
  # shellcheck disable=SC2046 # several words on purpose
  cc -O3 -march=native -o $mempool benchmarks/src/main/c/mempool.c $(pkg-config --cflags --libs libdpdk)
fi

# --- captures

room() { # kilobytes free where $1 is
  df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'
}

needed=8000000
[ -z "$quick" ] || needed=1000000
directory=${PAIRWIRE_BENCH_DIR-}
if [ -z "$directory" ]; then
  directory=/dev/shm/pairwire-bench
  if [ -d "$directory" ] || [ "$(room /dev/shm || echo 0)" -gt $needed ] 2>/dev/null; then :; else
    directory=$PWD/benchmarks/target/bench
  fi
fi
[ -z "$quick" ] || directory=$directory/quick
mkdir -p "$directory"

capture() { # FILE OPTION... : generates it unless it is there
  file=$directory/$1
  shift
  [ -f "$file" ] || {
    say "generating $file ..."
    ./pairwire generate "$@" -w "$file.part" 2>/dev/null
    mv -f "$file.part" "$file"
  }
  cat "$file" >/dev/null # into the page cache
  if command -v fincore >/dev/null; then
    cached=$(fincore -b -n -r -o RES "$file")
    length=$(wc -c <"$file")
    [ "$cached" -ge $((length / 100 * 99)) ] || say "only $cached of $length bytes of $file stay in the page cache"
  fi
}

scale=1
[ -z "$quick" ] || scale=10
gateway='--profile gateway --flows 10000 --payload 64 --latency 1ms --interval 5us'
capture f64.pcap $gateway --pairs $((5000000 / scale))
capture mixed.pcap --profile mixed --flows 100000 --pairs $((1450000 / scale))
capture f64-1g.pcap $gateway --pairs $((4000000 / scale))
capture f64-3g.pcap $gateway --pairs $((12000000 / scale))

for other in f64.pcapng f64.pcap.gz; do # the same packets in other clothes
  [ -f "$directory/$other" ] || {
    say "converting to $other ..."
    case $other in *.gz) end=.pcap.gz ;; *) end=.pcapng ;; esac
    ./pairwire convert --quiet "$directory/f64.pcap" -o "$directory/part$end"
    mv -f "$directory/part$end" "$directory/$other"
  }
  cat "$directory/$other" >/dev/null
done

JAVA_HOME=$JAVA_HOME exec python3 benchmarks/measure.py --directory "$directory" "$@"
