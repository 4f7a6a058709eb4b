#!/usr/bin/env bash
# How fast sessions are kept and protocols recognised, beside ndpiReader: whole processes with their start, alternated, one thread each
# but for what a JVM does beside, from a warm page cache. Prints a Markdown table of medians.
#
#   benchmarks/dpi.sh [RUNS [CAPTURE...]]     default: 5 runs; a generated capture of 3 million packets and about 90,000 sessions
#
# Needs python3, and ndpiReader for the ratios.
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
PYTHON
done
