"""The measuring part of run.sh: starts programs in turn, takes wall time and peak memory, writes the table.

Every comparison is alternated: A B A B ..., one run of each that does not count, then the runs whose median does.
"""

import argparse
import datetime
import json
import os
import platform
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time

JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
JAR = "benchmarks/target/benchmarks.jar"
LOOP = "benchmarks/target/pcaploop"
FILTER_LOOP = "benchmarks/target/filterloop.so"
FILTER_JSON = "benchmarks/target/filter.json"
JMH_JSON = "benchmarks/target/jmh.json"
POOL_JSON = "benchmarks/target/pool.json"
MEMPOOL = "benchmarks/target/mempool"
MEGA = 1e6

parser = argparse.ArgumentParser()
parser.add_argument("--directory", required=True)
parser.add_argument("--quick", action="store_true")
parser.add_argument("--only", action="append", default=[])
options = parser.parse_args()

LOAD = os.getloadavg()[0]
RUNS = 2 if options.quick else 5
SCALE = 10 if options.quick else 1
PAIRS = 5_000_000 // SCALE
SMALL = 200_000 // SCALE  # packets for tshark, which takes seconds for these


def path(name):
    return os.path.join(options.directory, name)


F64 = path("f64.pcap")
MIXED = path("mixed.pcap")


class Failed(Exception):
    """A program that should have worked did not: its rows are left out, and the run fails."""


class Row:
    def __init__(self, what, ours, peer="", ratio="", goal="", stretch="", value=None, command="", below=False):
        self.cells = [what, ours, peer, ratio, goal, stretch, self.verdict(value, goal, stretch, below), command]

    @staticmethod
    def verdict(value, goal, stretch, below):
        def reached(limit):
            bound = float(re.search(r"[\d.]+", limit).group())
            return value <= bound if below else value >= bound

        if value is None or not goal:
            return ""
        if stretch and reached(stretch):
            return "stretch"
        return "yes" if reached(goal) else "**no**"


def say(text):
    print("benchmarks: " + text, file=sys.stderr, flush=True)


def shown(command):
    """The command as a reader would type it, without this machine's directories."""
    text = " ".join(shlex.quote(word) for word in command).replace(options.directory + "/", "")
    return "`" + text.replace(JAVA, "java").replace("|", "\\|") + "`"


def run(command, environment):
    """Wall seconds and peak resident megabytes of one run."""
    before = time.monotonic()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(shown(command) + " ended with " + str(process.returncode) + ": " + errors.decode()[-500:])
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return time.monotonic() - before, kilobytes * 1024 / MEGA


def alternate(commands, runs=RUNS, environment=None):
    """Medians of seconds, and the largest peak of memory, for each command."""
    measured = [[] for _ in commands]
    for turn in range(-1, runs):
        for index, command in enumerate(commands):
            result = run(command, environment or {})
            if turn >= 0:
                measured[index].append(result)
    return [(statistics.median(s for s, _ in each), max(m for _, m in each)) for each in measured]


def answer(command):
    """What a program that measures itself prints: its last line."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(shown(command) + " ended with " + str(done.returncode) + ": " + done.stderr[-500:])
    return done.stdout.split("\n")[-2]


def installed(program, rows):
    if shutil.which(program):
        return True
    say(program + " is not installed: " + rows + " left out")
    return False


def pairwire(*words):
    return ["./pairwire", *words]


def match(*words, file=F64):
    return pairwire("match", "--quiet", "--format", "none", *words, file)


def seconds(value):
    return f"{value:.2f} s"


def against(what, ours, peer, goal, stretch):
    (own, _), (other, _) = alternate([ours, peer])
    ratio = other / own
    return Row(
        what, seconds(own), seconds(other), f"{ratio:.2f}", goal, stretch, ratio, shown(ours) + "<br>" + shown(peer)
    )


# --- the groups of rows


def check_answers():
    """What is fast and wrong is worth nothing: every packet has to find its partner."""
    statistics_file = path("statistics.json")
    run(match("--stats-file", statistics_file), {})
    with open(statistics_file) as file:
        found = json.load(file)
    os.remove(statistics_file)
    if found["matched_pairs"] != PAIRS or found["read"] != 2 * PAIRS:
        raise Failed(f"{found['matched_pairs']} pairs of {found['read']} packets, not {PAIRS} of {2 * PAIRS}")


def match_rows():
    check_answers()
    if installed("tcpdump", "match"):
        what = "`match --format none`, whole process; tcpdump only copies"
        yield against(what, match(), ["tcpdump", "-r", F64, "-w", "/dev/null"], "0.7", "1.2")


def count_rows():
    if installed("tcpdump", "count"):
        yield against(
            "`read --count`, whole process",
            pairwire("read", "--count", F64),
            ["tcpdump", "-r", F64, "--count"],
            "0.8",
            "1.2",
        )


def csv_rows():
    if not installed("tshark", "csv"):
        return
    output = path("pairs.csv")
    ours = pairwire("match", "--quiet", "--format", "csv", "-o", output, F64)
    fields = ["frame.number", "frame.time_epoch", "ip.src", "ip.dst", "udp.port"]
    peer = ["tshark", "-r", F64, "-c", str(SMALL), "-T", "fields"] + [w for f in fields for w in ("-e", f)]
    (own, _), (other, _) = alternate([ours, peer])
    os.remove(output)
    own, other = 2 * PAIRS / own, SMALL / other
    yield Row(
        f"`match` CSV to a file, packets/s; tshark on the first {SMALL:,} packets",
        f"{own / MEGA:.2f} M/s",
        f"{other / MEGA:.3f} M/s",
        f"{own / other:.0f}",
        "50",
        "100",
        own / other,
        shown(ours) + "<br>" + shown(peer),
    )


def threads_rows():
    two, one = match("--threads", "2"), match("--threads", "1")
    row = against("two threads, whole process; the peer is one thread", two, one, "1.4", "")
    yield row


def memory_rows():
    limited = {"PAIRWIRE_OPTS": "-Xmx64m"}
    runs = 1 if options.quick else 3
    small, large = match(file=path("f64-1g.pcap")), match(file=path("f64-3g.pcap"))
    (_, default_small), (_, default_large) = alternate([small, large], runs)
    (own, heap_f64), (_, heap_small), (_, heap_large) = alternate([match(), small, large], runs, limited)
    before_bytes, after_bytes = (f"{os.path.getsize(command[-1]) / 1e9:.2f} GB" for command in (small, large))
    most = max(default_small, default_large, heap_f64, heap_small, heap_large)
    note = "PAIRWIRE_OPTS=-Xmx64m "
    yield Row(
        f"resident set, the most of all runs here ({runs} each), heap 64 MB and default, MB",
        f"{most:.0f}",
        goal="< 256",
        value=most,
        command=shown(match()) + " and below",
        below=True,
    )
    growths = ("heap 64 MB", heap_small, heap_large, note), ("default heap", default_small, default_large, "")
    for name, before, after, prefix in growths:
        growth = abs(after / before - 1) * 100
        yield Row(
            f"resident set, {after_bytes} against {before_bytes} of input, {name}, MB",
            f"{after:.0f}",
            f"{before:.0f}",
            f"{after / before:.3f}",
            "± 5 %",
            "",
            growth,
            "`" + prefix + shown(large)[1:] + "<br>`" + prefix + shown(small)[1:],
            below=True,
        )
    yield Row(f"`match --format none` with a heap of 64 MB, whole process, median of {runs}", seconds(own), command="`" + note + shown(match())[1:])


def warm(mode, file, threads=1):
    passes = "3" if options.quick else "9"
    return [JAVA, "-XX:+UseSerialGC", "-cp", JAR, "io.pairwire.benchmarks.WarmPasses", mode, file, passes, str(threads)]


def decode_rows():
    loop = os.path.exists(LOOP)
    inputs = (MIXED, "590 B mean", "1.5", "2"), (F64, "112 B", "0.8", "1.2")
    modes = (
        ("flow", 1, "five-tuple and its hash, one thread", True),
        ("flow", 2, "five-tuple and its hash, one thread that decodes and one that reads ahead, as is usual", True),
        ("key", 1, "five-tuple and the 128-bit key of matching, over all payload, one thread", False),
        ("read", 1, "nothing but reading, one thread", False),
    )
    for file, name, goal, stretch in inputs:
        commands = [warm(mode, file, threads) for mode, threads, _, _ in modes] + ([[LOOP, file]] if loop else [])
        rates = [[] for _ in commands]
        for _ in range(1 if options.quick else 3):
            for index, command in enumerate(commands):
                rates[index].append(float(answer(command)))
        medians = [statistics.median(each) for each in rates]
        for (_, _, what, counts), own, command in zip(modes, medians, commands):
            ratio = own / medians[-1] if loop else None
            yield Row(
                f"{what}, warm JVM, {name}; the peer is libpcap's bare loop, warm too",
                f"{own / MEGA:.1f} M/s",
                f"{medians[-1] / MEGA:.1f} M/s" if loop else "",
                f"{ratio:.2f}" if loop else "",
                goal if counts else "",
                stretch if counts else "",
                ratio if counts else None,
                shown(command) + ("<br>" + shown(commands[-1]) if loop else ""),
            )


def peer_rows():
    """The libraries a Java developer has today; packets that they cannot parse they pass over."""
    for file, name, counts in ((MIXED, "590 B mean", True), (F64, "112 B", False)):
        for peer, library, most, goal in (("pkts", "pkts-core 3.0.10", 1_000_000, "5"), ("pcap4j", "pcap4j 1.8.2", 200_000, "100")):
            ours, beside = warm("flow", file), warm("flow", file, 2)
            theirs = [JAVA, "--enable-native-access=ALL-UNNAMED", "-cp", JAR, "io.pairwire.benchmarks.PeerPasses"]
            theirs += [peer, file, str(most // SCALE), "5"]
            rates = [[float(answer(command)) for command in (ours, beside, theirs)] for _ in range(1 if options.quick else 3)]
            alone, ahead, other = (statistics.median(each) for each in zip(*rates))
            for own, how, command in ((alone, "one thread", ours), (ahead, "one thread that decodes and one that reads ahead", beside)):
                yield Row(
                    f"down to addresses and ports, {how}, warm JVM, {name}; {library} on the first {most // SCALE:,} packets",
                    f"{own / MEGA:.1f} M/s",
                    f"{other / MEGA:.3f} M/s",
                    f"{own / other:.0f}",
                    goal if counts else "",
                    "",
                    own / other if counts else None,
                    shown(command) + "<br>" + shown(theirs),
                )


FIELDS = ["number", "time_ns", "ip_src", "ip_dst", "src_port"]


def file_rows():
    """Formats other than classic pcap, and packets as text."""
    ours, classic = warm("read", path("f64.pcapng")), warm("read", F64)
    rates = [[float(answer(command)) for command in (ours, classic)] for _ in range(1 if options.quick else 3)]
    own, other = (statistics.median(each) for each in zip(*rates))
    yield Row(
        "nothing but reading pcapng, one thread, warm JVM, 112 B; the peer is our own classic pcap",
        f"{own / MEGA:.1f} M/s",
        f"{other / MEGA:.1f} M/s",
        f"{own / other:.2f}",
        "0.7",
        "",
        own / other,
        shown(ours) + "<br>" + shown(classic),
    )
    packed = path("f64.pcap.gz")
    if installed("gzip", "gzip"):
        yield against(
            "`read --count` of a gzip file, whole process; gzip only unpacks (within 1.15 of its time is 0.87)",
            pairwire("read", "--count", packed),
            ["gzip", "-dc", packed],
            "0.87",
            "",
        )
    ours = pairwire("read", "--fields", ",".join(FIELDS), F64)
    limited = pairwire("read", "--fields", ",".join(FIELDS), path("f64-3g.pcap"))
    if installed("tshark", "fields"):
        fields = ["frame.number", "frame.time_epoch", "ip.src", "ip.dst", "udp.port"]
        peer = ["tshark", "-r", F64, "-c", str(SMALL), "-T", "fields"] + [w for f in fields for w in ("-e", f)]
        (own, _), (other, _) = alternate([ours, peer])
        own, other = 2 * PAIRS / own, SMALL / other
        yield Row(
            f"`read --fields` with five columns, packets/s; tshark on the first {SMALL:,} packets",
            f"{own / MEGA:.2f} M/s",
            f"{other / MEGA:.3f} M/s",
            f"{own / other:.0f}",
            "50",
            "",
            own / other,
            shown(ours) + "<br>" + shown(peer),
        )
    [(_, most)] = alternate([limited], 1, {"PAIRWIRE_OPTS": "-Xmx64m"})
    yield Row(
        "`read --fields` of 3.07 GB with a heap of 64 MB: resident set, MB",
        f"{most:.0f}",
        goal="< 256",
        value=most,
        command="`PAIRWIRE_OPTS=-Xmx64m " + shown(limited)[1:],
        below=True,
    )
    if installed("editcap", "convert"):
        target = path("converted.pcapng")
        yield against(
            "`convert` to pcapng, whole process",
            pairwire("convert", "--quiet", F64, "-o", target),
            ["editcap", "-F", "pcapng", F64, target],
            "",
            "",
        )
        os.remove(target)


def filter_rows():
    """Beside bpf_filter() of libpcap, which a foreign call reaches with all packets at once."""
    if not os.path.exists(FILTER_LOOP):
        return
    command = [JAVA, "-jar", JAR, "-foe", "true", "-jvmArgsAppend", "-Dfilterloop=" + FILTER_LOOP]
    if options.quick:
        command += ["-wi", "2", "-w", "500ms", "-i", "2", "-r", "500ms"]
    done = subprocess.run(command + ["-rf", "json", "-rff", FILTER_JSON, "FilterBenchmark"], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed("FilterBenchmark failed: " + (done.stdout + done.stderr)[-500:])
    scores = {}
    with open(FILTER_JSON) as file:
        for result in json.load(file):
            name = result["benchmark"].split(".")[-1]
            scores[result["params"]["expression"], name] = result["primaryMetric"]["score"]
    cases = (
        ("generated", "generated class, its batch method", {0: ("5", "8"), 1: ("3", "")}),
        ("oneByOne", "generated class, called for each packet", {}),
        ("manyFilters", "five filters at one call site, batches of 256", {0: ("2.5", "")}),
        ("interpreted", "the same program, step by step (twice the time is 0.5)", {0: ("0.5", ""), 1: ("0.5", "")}),
        ("stepByStep", "classic BPF interpreted in Java, for tests only", {}),
    )
    for number, expression in enumerate(dict.fromkeys(expression for expression, _ in scores)):
        other = scores[expression, "libpcap"]
        for name, what, goals in cases:
            own = scores[expression, name]
            goal, stretch = goals.get(number, ("", ""))
            yield Row(
                f"filter `{expression}`, 64 bytes in the cache: {what}; libpcap's `bpf_filter()`",
                f"{own:.2f} ns",
                f"{other:.2f} ns",
                f"{other / own:.2f}",
                goal,
                stretch,
                other / own if goal else None,
                shown(command + ["FilterBenchmark"]),
            )
        compiled = scores[expression, "compile"] / MEGA
        yield Row(
            f"filter `{expression}`: from the text to a class, warm, ms",
            f"{compiled:.2f}",
            goal="< 5",
            value=compiled,
            command=shown(command + ["FilterBenchmark.compile"]),
            below=True,
        )
    if not options.quick:
        plain, filtered = match(), match("--filter", "ip or arp")
        (without, _), (own, _) = alternate([plain, filtered])
        yield Row(
            "`match --filter` that lets all packets through, whole process; the peer is no filter",
            seconds(own),
            seconds(without),
            f"{without / own:.3f}",
            "0.95",
            "",
            without / own,
            shown(filtered) + "<br>" + shown(plain),
        )


def version_rows():
    command = pairwire("--version")
    runs = 5 if options.quick else 21
    [(own, _)] = alternate([command], runs)
    millis = own * 1000
    yield Row(
        f"`pairwire --version`, median of {runs}, ms", f"{millis:.0f}", "", "", "< 250", "< 100", millis, shown(command), below=True
    )


def jmh_rows():
    command = [JAVA, "-jar", JAR, "-foe", "true", "-prof", "gc", "-rf", "json", "-rff", JMH_JSON, "-e", "FilterBenchmark", "-e", "Pool"]
    if options.quick:
        command += ["-wi", "2", "-w", "500ms", "-i", "2", "-r", "500ms"]
    say("JMH, some minutes ...")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with open("benchmarks/target/jmh.txt", "w") as log:
        log.write(done.stdout)
    if done.returncode != 0:
        raise Failed("JMH failed: see benchmarks/target/jmh.txt")
    goals = {
        "PairCore.descriptors": ("> 5 M/s", "> 10 M/s"),
        "PairCore.packets": ("", ""),
        "Store.insert": ("< 70 ns", "< 45 ns"),
        "Store.retrieve": ("< 120 ns", "< 85 ns"),
    }
    names = {
        "PairCore.descriptors": "pair core, one core: descriptors through 16 shards",
        "PairCore.packets": "pair core with decoding and hashing, one core",
        "Store.insert": "store, ten million entries: insert",
        "Store.retrieve": "store, ten million entries: retrieve, in the order of the questions",
        "Store.retrieveShuffled": "store, ten million entries: retrieve, in a random order",
        "Describe.describe": "key over the payload, and the descriptor",
        "Decode.decode": "decoding",
        "Reader.next": "reading 112 bytes from memory",
        "Format.write": "formatting a result",
        "Ring.handOver": "a batch from one core to another",
    }
    with open(JMH_JSON) as file:
        results = json.load(file)
    for result in results:
        name = ".".join(result["benchmark"].split(".")[-2:]).replace("Benchmark", "")
        parameters = ", ".join(str(value) for value in result.get("params", {}).values())
        score = result["primaryMetric"]["score"]
        rate = result["mode"] == "thrpt"
        goal, stretch = goals.get(name, ("", ""))
        garbage = result["secondaryMetrics"].get("gc.alloc.rate.norm", {}).get("score")
        if garbage is None:
            garbage = result["secondaryMetrics"].get("·gc.alloc.rate.norm", {}).get("score")
        yield Row(
            names.get(name, name) + (f" ({parameters})" if parameters else ""),
            f"{score / MEGA:.1f} M/s" if rate else f"{score:.1f} ns",
            goal=goal,
            stretch=stretch,
            value=score / MEGA if rate else score,
            command=f"`java -jar {JAR} -foe true -prof gc {name.replace('.', 'Benchmark.')}`",
            below=not rate,
        )
        if name.startswith("PairCore") and garbage is not None:
            # The JVM itself allocates some 6 kB a second, however many packets pass in it: below 0.01 B a packet is none.
            yield Row(
                names[name] + ": garbage a packet",
                f"{garbage:.3f} B",
                goal="< 0.01 B",
                value=garbage,
                command="the same",
                below=True,
            )
    footprint = [JAVA, "-Xmx3g", "-XX:+UseSerialGC", "-cp", JAR, "io.pairwire.benchmarks.StoreFootprint"]
    last, most = answer(footprint).split()
    yield Row(
        f"store, ten million entries: bytes an entry (at worst {most} between one and ten million)",
        f"{last} B",
        goal="< 48 B",
        stretch="< 40 B",
        value=float(last),
        command=shown(footprint),
        below=True,
    )


def clock():
    """Gigahertz of the counter that cycles are told in, as `pairwire pool bench` has them; None if the system does not say."""
    try:
        with open("/proc/cpuinfo") as file:
            return float(re.search(r"cpu MHz\s*: ([\d.]+)", file.read()).group(1)) / 1000
    except (OSError, AttributeError):
        return None


def pool_rows():
    command = [JAVA, "-jar", JAR, "-foe", "true", "-prof", "gc", "-rf", "json", "-rff", POOL_JSON, "Pool"]
    if options.quick:
        command += ["-wi", "2", "-w", "200ms", "-i", "5", "-r", "30ms"]
    say("JMH for the pool, some minutes ...")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with open("benchmarks/target/pool.txt", "w") as log:
        log.write(done.stdout)
    if done.returncode != 0:
        raise Failed("JMH failed: see benchmarks/target/pool.txt")
    gigahertz = clock()
    # name: what it is, goal and stretch in cycles
    ours = {
        "singles32": ("32 singly, then 32 releases", "12", "8"),
        "singles32StatisticsTrace": ("the same with counters and events", "16", "12"),
        "singles32MetadataWritten": ("the same with metadata written each time", "", ""),
        "singles32WithoutMetadata": ("the same with handles alone", "", ""),
        "bulk32": ("32 at once", "6", "4"),
        "pair": ("one buffer again and again", "", ""),
        "plainApi": ("the same by `pool.allocate()`, `buffer.release()`", "20", "15"),
        "farApart": ("262,144 buffers in random order, none in a cache", "", ""),
        "crossThread": ("released by another thread", "30", "25"),
        "batches64": ("batches of 64 through a ring, an item", "", ""),
    }
    peers = {
        "nettyAdaptive": "Netty, adaptive",
        "nettyPooled": "Netty, pooled",
        "jctoolsMpmcOfSegments": "JCTools MPMC of segments",
        "arenaAllocate": "`Arena.ofConfined` and `allocate`",
        "malloc": "malloc and free by a foreign call",
    }
    with open(POOL_JSON) as file:
        results = json.load(file)

    def cell(values):
        text = f"{statistics.median(values):.1f} ns"
        if gigahertz:
            text += f", {statistics.median(values) * gigahertz:.1f} cycles"
        if len(values) >= 10:
            tenths = statistics.quantiles(values, n=10)
            text += f" (p10 {tenths[0]:.1f}, p90 {tenths[-1]:.1f} ns)"
        return text

    headline = None
    for result in results:
        name = result["benchmark"].split(".")[-1]
        values = [value for fork in result["primaryMetric"]["rawData"] for value in fork]
        middle = statistics.median(values)
        parameters = ", ".join(f"{value} buffers" for value in result.get("params", {}).values())
        garbage = result["secondaryMetrics"].get("gc.alloc.rate.norm", {}).get("score", 0)
        shown_command = f"`java -jar {JAR} -foe true -prof gc 'Pool.*{name}$'`"
        if name == "singles32":
            headline = middle
        if name in ours:
            what, goal, stretch = ours[name]
            smaller = result.get("params", {}).get("buffers", "4096") == "4096"
            yield Row(
                f"pool: {what}" + (f" ({parameters})" if parameters else "") + f"; {garbage:.1f} B of heap",
                cell(values),
                goal=f"{goal} cycles" if goal and smaller else "",
                stretch=f"{stretch} cycles" if stretch and smaller else "",
                value=middle * gigahertz if gigahertz else None,
                command=shown_command,
                below=True,
            )
        elif name in peers:
            ratio = f"{middle / headline:.1f}" if headline else ""
            yield Row(f"32 buffers singly: {peers[name]}; {garbage:.1f} B of heap", "", cell(values), ratio, command=shown_command)
    if os.path.exists(MEMPOOL):
        done = subprocess.run([MEMPOOL], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(shown([MEMPOOL]) + " ended with " + str(done.returncode) + ": " + done.stderr[-500:])
        for line in done.stdout.splitlines():
            what, nanos = line.rsplit(" ", 1)
            cycles = f", {float(nanos) * gigahertz:.1f} cycles" if gigahertz else ""
            yield Row(f"32 buffers: DPDK, {what}", "", f"{float(nanos):.1f} ns{cycles}", command=shown([MEMPOOL]))
    else:
        say("no DPDK (dpdk-dev): its rows are left out")


GROUPS = {
    "match": match_rows,
    "count": count_rows,
    "csv": csv_rows,
    "threads": threads_rows,
    "memory": memory_rows,
    "decode": decode_rows,
    "peers": peer_rows,
    "files": file_rows,
    "filter": filter_rows,
    "version": version_rows,
    "jmh": jmh_rows,
    "pool": pool_rows,
}


# --- the page


def first_line(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except FileNotFoundError:
        return []
    return done.stdout.split("\n")


def versions():
    found = []
    for line in first_line(["tcpdump", "--version"])[:2] + first_line(["tshark", "--version"]):
        if re.match(r"(tcpdump|TShark|libpcap) ", line):
            found.append(re.sub(r" \(with.*| \(Git.*", "", line).rstrip("."))
    return ", ".join(found)


def machine():
    model = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            model = re.search(r"model name\s*: (.*)|$", file.read()).group(1) or model
    java = first_line([JAVA, "-version"])
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {java[1]}"


def page(rows):
    lines = [
        "# Benchmarks" + (" (quick pass: ratios mean little)" if options.quick else ""),
        "",
        "Written by `benchmarks/run.sh`; do not edit. Captures are generated and in the page cache. `f64.pcap` holds"
        f" {2 * PAIRS:,} packets,",
        f"{PAIRS:,} pairs of 64 bytes of payload on 10,000 flows, one request each 5 µs, answered after 1 ms;"
        " `mixed.pcap` 590 bytes a packet in",
        f"the mean, IPv6, tags and fragments among them. Programs run in turn, A B A B ..., {RUNS} times after one run that"
        " does not count; medians,",
        "unless a row says another number. Programs that measure themselves (warm JVM, the loop of libpcap) are started in"
        f" turn, {1 if options.quick else 3} times.",
        "Whole process against whole process, start of the JVM included, unless it says warm JVM: then the first passes"
        " of one process do not count.",
        "A ratio above 1 means that pairwire is faster.",
        "",
        "* Date: " + datetime.date.today().isoformat(),
        "* Machine: " + machine(),
        f"* Load when it began: {LOAD:.1f}",
        "* Peers: " + (versions() or "none installed"),
        "",
        "| what | pairwire | peer | ratio | goal | stretch | met? | command |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    if options.only:
        lines.insert(2, "Only these groups of rows were measured: " + ", ".join(options.only) + ".\n")
    lines += ["| " + " | ".join(row.cells) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def main():
    unknown = [name for name in options.only if name not in GROUPS]
    if unknown:
        say("no such group: " + ", ".join(unknown) + "; there are " + ", ".join(GROUPS))
        return 2
    if LOAD > 0.5:
        say(f"the machine is not idle (load {LOAD:.1f}): the numbers will be worse than they should")
    rows, failures = [], 0
    for name, group in GROUPS.items():
        if options.only and name not in options.only:
            continue
        say(name + " ...")
        try:
            for row in group():
                rows.append(row)
                print("  " + " | ".join(cell for cell in row.cells[:7]), flush=True)
        except Failed as failure:
            say(str(failure))
            failures += 1
    full = not options.quick and not options.only and not failures
    target = "docs/benchmarks.md" if full else "benchmarks/target/benchmarks.md"
    with open(target, "w") as file:
        file.write(page(rows))
    say("written: " + target)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
