#!/usr/bin/env bash
# How fast sessions are kept and protocols recognised, beside ndpiReader: whole processes with their start, alternated, one thread each
# but for what a JVM does beside, from a warm page cache. Prints a Markdown table of medians.
#
#   benchmarks/dpi.sh [RUNS [CAPTURE...]]     default: 5 runs; a generated capture of 3 million packets and about 100,000 sessions
#   CORPUS=DIR benchmarks/dpi.sh [RUNS]       twenty rounds of the short captures in that folder besides, each with other addresses
#
# Below each table stand memory and probes as flows --stats-file tells them; at the end packets per second of decided and of
# undecided sessions inside a warm JVM (JMH), unless BENCHMARKS=off. Needs python3, ndpiReader for the ratios, and editcap for
# captures that are not in the classic format.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-5}
shift || true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./pairwire --version
command -v ndpiReader >/dev/null && ndpiReader -h 2>&1 | grep -m1 -o 'nDPI [0-9.]*[0-9a-z-]*' || true
if [ $# -eq 0 ]; then
  python3 benchmarks/sessions.py "$work/sessions.pcap"
  set -- "$work/sessions.pcap"
  if [ -n "${CORPUS-}" ]; then
    python3 benchmarks/rounds.py "$work/rounds.pcap" 20 "$CORPUS"/*
    set -- "$@" "$work/rounds.pcap"
  fi
fi

names=('flows --format none' 'flows --format none --attributes all' 'flows --format jsonl' 'ndpiReader -q')
measure() { # INDEX CAPTURE
  case $1 in
  0) ./pairwire flows --quiet --format none "$2" ;;
  1) ./pairwire flows --quiet --format none --attributes all "$2" ;;
  2) ./pairwire flows --quiet --format jsonl "$2" ;;
  3) ndpiReader -q -i "$2" ;;
  esac
}

for capture; do
  packets=$(./pairwire read --count "$capture" | grep -Eo '[0-9]+' | head -1)
  cat "$capture" >/dev/null
  echo
  echo "$(basename "$capture"): $packets packets, medians of $runs alternated runs"
  echo
  for ((run = 0; run < runs; run++)); do
    for index in "${!names[@]}"; do
      [ "$index" != 3 ] || command -v ndpiReader >/dev/null || continue
      TIMEFORMAT="%R %U %S"
      { time measure "$index" "$capture" </dev/null >/dev/null 2>&1; } 2>>"$work/$index"
    done
  done
  python3 - "$work" "$packets" "${names[@]}" <<'PYTHON'
import os, statistics, sys
work, packets, names = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
rows = {}
for index, name in enumerate(names):
    path = os.path.join(work, str(index))
    if not os.path.exists(path): continue
    runs = [list(map(float, line.split())) for line in open(path)]
    rows[name] = (statistics.median(r[0] for r in runs), statistics.median(r[1] + r[2] for r in runs))
    os.remove(path)
peer = rows.get(names[-1])
print('| | wall s | processor s | M packets/s | ndpiReader ÷ this, wall | processor |')
print('| --- | --- | --- | --- | --- | --- |')
for name, (wall, cpu) in rows.items():
    ratio = f'{peer[0] / wall:.2f} | {peer[1] / cpu:.2f}' if peer else '- | -'
    print(f'| `{name}` | {wall:.2f} | {cpu:.2f} | {packets / wall / 1e6:.2f} | {ratio} |')
if len(rows) > 1:
    none, every = rows[names[0]], rows[names[1]]
    print(f'\nAll attributes registered, none read: wall {100 * every[0] / none[0] - 100:+.0f} %, processor {100 * every[1] / none[1] - 100:+.0f} %')
PYTHON
  ./pairwire flows --quiet --format none --stats-file "$work/stats.json" "$capture"
  python3 - "$work/stats.json" <<'PYTHON'
import json, sys
s = json.load(open(sys.argv[1]))
table = s['table']
print(f"{s['sessions']} sessions, {s['most_open']} open at most, {s['bytes_per_session']} bytes each; "
      f"{s['asked'] / max(1, s['inspected']):.2f} protocols asked about each of {s['inspected']} payloads; "
      f"{table['probes'] / max(1, table['lookups']):.3f} probes a lookup, {table['longest_probe']} at most, "
      f"{100 * table['hash_collisions'] / max(1, table['lookups']):.4f} % full-hash collisions")
PYTHON
done

if [ "${BENCHMARKS-}" != off ]; then
  jar=benchmarks/target/benchmarks.jar
  ./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl benchmarks -am package >&2
  . .mvn/jdk.sh
  jdk_find java
  echo
  "$JAVA_HOME/bin/java" -jar "$jar" 'InspectorBenchmark|TableIndexBenchmark' -rf csv -rff "$work/jmh.csv" >/dev/null
  python3 - "$work/jmh.csv" <<'PYTHON'
import csv, sys
print('| in a warm JVM | | |\n| --- | ---: | --- |')
for row in csv.DictReader(open(sys.argv[1])):
    print(f"| `{row['Benchmark'].rsplit('.', 2)[-2]}.{row['Benchmark'].rsplit('.', 1)[-1]}` | {float(row['Score']):,.2f} | {row['Unit']} |")
PYTHON
fi
