#!/bin/sh
# Analysis, indexes, the cache and workers against their peers and against themselves, in one run.
#
# usage: benchmarks/analysis.sh CAPTURE [ROUNDS [--memory] [--jmh]]
#
# Whole processes with their start, alternated, from a warm page cache; medians of wall and processor time in seconds, then the
# ratios of the medians of wall time, and of processor time where that says more. Needs tshark, capinfos, editcap and python3,
# and room for three times the capture in TMPDIR.
#
#   --memory   also the peak of memory over the capture repeated to 3 GB and to 6 GB (classic pcap only)
#   --jmh      also seeks and flows by an index and hits of the cache, measured inside a process by JMH (builds benchmarks.jar)
set -eu

capture=${1:?usage: benchmarks/analysis.sh CAPTURE [ROUNDS [--memory] [--jmh]]}
shift
rounds=5
case ${1-} in [0-9]*)
    rounds=$1
    shift
    ;;
esac
memory=false
jmh=false
for option; do
    case $option in
    --memory) memory=true ;;
    --jmh) jmh=true ;;
    *)
        echo "analysis.sh: not an option: $option" >&2
        exit 2
        ;;
    esac
done
here=$(cd "$(dirname "$0")/.." && pwd)
pairwire="$here/pairwire"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tool in tshark capinfos editcap python3; do
    command -v "$tool" > /dev/null || { echo "analysis.sh: $tool is not installed" >&2; exit 1; }
done
"$pairwire" --version
tshark --version 2> /dev/null | head -1
cat "$capture" > /dev/null

once() {
    name=$1
    shift
    python3 - "$work/$name" "$@" << 'PYTHON'
import resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "a") as file:
    file.write(f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss}\n")
sys.exit(0 if code in (0, 3) else f"{sys.argv[2]} ended with {code}")
PYTHON
}

# A link, so that the index lies in the work folder; the largest conversations, to find one of a thousandth of all packets.
ln -s "$(realpath "$capture")" "$work/capture"
"$pairwire" analyze --quiet --no-cache --json --only conversations --layers ipv4,ipv6,tcp,udp --by packets --top 100000 \
    "$capture" > "$work/talks.json" || [ $? = 3 ]
flow=$(python3 - "$work/talks.json" << 'PYTHON'
import json, sys
report = json.loads(open(sys.argv[1]).readline())
wanted = report["packets"] / 1000
best = min((abs(t["packets_out"] + t["packets_in"] - wanted), layer, i, t)
           for layer, talks in report["conversations"].items() for i, t in enumerate(talks["top"]))
layer, talk = best[1], best[3]
part = 100 * (talk["packets_out"] + talk["packets_in"]) / report["packets"]
text = f"host {talk['src']} and host {talk['dst']}"
if layer in ("tcp", "udp"):
    text = f"{layer} and {text} and port {talk['src_port']} and port {talk['dst_port']}"
print(f"flow of {part:.4f} % of the packets: {text}", file=sys.stderr)
print(text)
PYTHON
)
packets=$(python3 -c 'import json, sys; print(json.loads(open(sys.argv[1]).readline())["packets"])' "$work/talks.json")

# Eight captures of about the same length, for workers.
mkdir "$work/parts"
editcap -F pcap -c "$((packets / 8 + 1))" "$capture" "$work/parts/part.pcap"

round=0
while [ "$round" -lt "$rounds" ]; do
    once conversations "$pairwire" analyze --quiet --no-cache --only conversations --layers tcp "$capture"
    once tshark_conv tshark -n -q -z conv,tcp -r "$capture"
    once analyze "$pairwire" analyze --quiet --no-cache --json "$capture"
    once info "$pairwire" info --quiet "$capture"
    once capinfos capinfos -c -d -u -a -e "$capture"
    once one_worker "$pairwire" analyze --quiet --no-cache --json --workers 1 "$work/parts"
    once two_workers "$pairwire" analyze --quiet --no-cache --json --workers 2 "$work/parts"
    once scan "$pairwire" read --quiet --no-index --count "$work/capture" -- "$flow"
    rm -f "$work/capture.pwx"
    once index "$pairwire" index --quiet "$work/capture"
    once by_scan "$pairwire" read --quiet --no-index -w "$work/flow.pcap" "$work/capture" -- "$flow"
    once by_index "$pairwire" read --quiet -w "$work/flow2.pcap" "$work/capture" -- "$flow"
    cmp "$work/flow.pcap" "$work/flow2.pcap"
    round=$((round + 1))
done

python3 - "$work" "$packets" << 'PYTHON'
import os, statistics, sys
work, packets = sys.argv[1], int(sys.argv[2])
wall, cpu = {}, {}
for name in ("conversations", "tshark_conv", "analyze", "info", "capinfos", "one_worker", "two_workers", "scan", "index",
             "by_scan", "by_index"):
    rows = [list(map(float, line.split())) for line in open(os.path.join(work, name))]
    wall[name], cpu[name], memory = (statistics.median(column) for column in zip(*rows))
    print(f"{name:14} wall {wall[name]:8.3f} s   cpu {cpu[name]:8.3f} s   peak {memory / 1024:8.0f} MB   ({len(rows)} runs)")
def ratio(what, a, b, goal):
    print(f"{what:34} {wall[a] / wall[b]:8.2f} x wall {cpu[a] / cpu[b]:8.2f} x cpu   (goal {goal})")
ratio("conversations, tshark -z conv,tcp", "tshark_conv", "conversations", "30")
ratio("everything, tshark -z conv,tcp", "tshark_conv", "analyze", "-")
ratio("summary, capinfos", "capinfos", "info", "1")
ratio("two workers over eight captures", "one_worker", "two_workers", "1.7")
ratio("index build, a scan", "index", "scan", "at most 1.3")
ratio("flow by index, by scan", "by_scan", "by_index", "20")
rate = packets / wall["analyze"]
print(f"everything: {rate:,.0f} packets/s, {rate / 24937:.0f} x 24,937 (streaming) and {rate / 17768:.0f} x 17,768"
      " (asynchronous) packets/s of old (goal 100)")
PYTHON

if $memory; then
    for gigabytes in 3 6; do
        python3 - "$capture" "$work/large.pcap" "$gigabytes" << 'PYTHON'
import shutil, sys
wanted = int(sys.argv[3]) * 10**9
with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as large:
    large.write(source.read(24))
    while large.tell() < wanted:
        source.seek(24)
        shutil.copyfileobj(source, large, 1 << 24)
PYTHON
        for command in "analyze --no-cache --json" "read --count" "info"; do
            # shellcheck disable=SC2086 # the words of a command
            once peak env PAIRWIRE_OPTS=-Xmx64m "$pairwire" $command --quiet "$work/large.pcap"
            python3 -c 'import sys; print(f"{sys.argv[2]} over {sys.argv[3]} GB, -Xmx64m: peak {float(sys.argv[1].split()[2]) / 1024:.0f} MB")' \
                "$(tail -1 "$work/peak")" "$command" "$gigabytes"
        done
        rm "$work/large.pcap"
    done
fi

if $jmh; then
    (cd "$here" && ./mvnw -q -B package -DskipTests -Dspotless.check.skip=true -pl benchmarks -am)
    . "$here/.mvn/jdk.sh"
    jdk_find java
    "$JAVA_HOME/bin/java" -jar "$here/benchmarks/target/benchmarks.jar" -foe true AnalysisBenchmark | tail -7
fi
