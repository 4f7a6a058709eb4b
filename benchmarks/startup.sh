#!/usr/bin/env bash
# How long a start takes: medians over alternated runs of the launcher with its cache, the launcher without, and the bare
# JVM, so that a change of the machine's mood hits all alike. Prints a Markdown table.
#
#   benchmarks/startup.sh [RUNS [ARGUMENT...]]     default: 15 runs of --version
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-15}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- --version

. .mvn/jdk.sh
jdk_find java || { jdk_missing >&2; exit 1; }

names=('./pairwire' 'PAIRWIRE_CACHE=off ./pairwire' 'java -jar cli/target/pairwire.jar')
start() { # INDEX ARGUMENT...
  case $1 in
  0) ./pairwire "${@:2}" ;;
  1) PAIRWIRE_CACHE=off ./pairwire "${@:2}" ;;
  2) "$JAVA_HOME/bin/java" -jar cli/target/pairwire.jar "${@:2}" ;;
  esac </dev/null >/dev/null 2>&1 || failed=$?
}

failed=0
start 0 "$@" # builds and trains
declare -A times
for ((run = 0; run < runs; run++)); do
  for index in "${!names[@]}"; do
    before=${EPOCHREALTIME/[.,]/}
    start "$index" "$@"
    times[$index]+="$((${EPOCHREALTIME/[.,]/} - before)) "
  done
done
[ "$failed" = 0 ] || echo "some starts ended with exit code $failed" >&2

echo "| \`$*\`, median of $runs | ms |"
echo '| --- | ---: |'
for index in "${!names[@]}"; do
  median=$(tr ' ' '\n' <<<"${times[$index]% }" | sort -n | sed -n "$((runs / 2 + 1))p")
  printf '| `%s` | %d.%d |\n' "${names[$index]}" "$((median / 1000))" "$((median % 1000 / 100))"
done
