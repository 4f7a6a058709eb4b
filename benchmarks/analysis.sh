#!/bin/sh
# Analysis against its peers, in one run: conversations against tshark -z conv,tcp, the summary against capinfos.
#
# usage: benchmarks/analysis.sh CAPTURE [ROUNDS]
#
# Alternates the programs, reads the capture once before so that it is in the page cache, and prints the medians of wall and
# processor time in seconds, then the ratios of the medians of wall time. Whole processes, with start-up.
set -eu

capture=${1:?usage: benchmarks/analysis.sh CAPTURE [ROUNDS]}
rounds=${2:-5}
here=$(cd "$(dirname "$0")/.." && pwd)
pairwire="$here/pairwire"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tool in tshark capinfos python3; do
    command -v "$tool" > /dev/null || { echo "analysis.sh: $tool is not installed" >&2; exit 1; }
done
"$pairwire" --version
tshark --version 2> /dev/null | head -1
cat "$capture" > /dev/null

once() {
    name=$1
    shift
    python3 - "$work/$name" "$@" << 'PYTHON'
import os, resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "a") as file:
    file.write(f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss}\n")
sys.exit(0 if code in (0, 3) else f"{sys.argv[2]} ended with {code}")
PYTHON
}

round=0
while [ "$round" -lt "$rounds" ]; do
    once analyze "$pairwire" analyze --quiet --no-cache --json "$capture"
    once tshark_conv tshark -n -q -z conv,tcp -r "$capture"
    once info "$pairwire" info --quiet "$capture"
    once capinfos capinfos -c -d -u -a -e "$capture"
    round=$((round + 1))
done

python3 - "$work" << 'PYTHON'
import os, statistics, sys
medians = {}
for name in ("analyze", "tshark_conv", "info", "capinfos"):
    rows = [list(map(float, line.split())) for line in open(os.path.join(sys.argv[1], name))]
    wall, cpu, memory = (statistics.median(column) for column in zip(*rows))
    medians[name] = wall
    print(f"{name:12} wall {wall:8.3f} s   cpu {cpu:8.3f} s   peak {memory / 1024:8.0f} MB   ({len(rows)} runs)")
print(f"conversations: {medians['tshark_conv'] / medians['analyze']:.1f} x tshark -z conv,tcp")
print(f"summary:       {medians['capinfos'] / medians['info']:.2f} x capinfos")
PYTHON
