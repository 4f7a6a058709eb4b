#!/bin/sh
# Lets threads race for the rings and the pool by jcstress, and ends with 1 if they saw what they must not.
#
#   races/run.sh            some minutes
#   races/run.sh --short    the ends of the rings, the depot and the last reference, for some seconds; as verify does, and of
#                           what is built already
#   races/run.sh --long     an hour or more
#   races/run.sh OPTION...  what jcstress understands, for example -t DepotRace -v
set -eu
cd "$(dirname "$0")/.."
. .mvn/jdk.sh
jdk_find java || {
  echo "races: $(jdk_missing)" >&2
  exit 1
}
[ "${1-}" = --short ] || ./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl races -am package >&2
case ${1-} in
--long) set -- -m tough ;;
'') set -- -m sanity -f 1 ;;
esac
mkdir -p races/target/results
cd races/target
run() {
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp 'classes:lib/*' org.openjdk.jcstress.Main -r results/ "$@"
}
if [ "${1-}" != --short ]; then
  run "$@"
elif run -m sanity -f 1 -sc false -t 'DepotRace|RingCloseRace|LastHandleRace' >results/log.txt 2>&1; then
  grep 'Results:' results/log.txt | tail -n 1
else
  cat results/log.txt
  exit 1
fi
