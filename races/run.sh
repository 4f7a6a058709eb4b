#!/bin/sh
# Lets threads race for the rings and the pool by jcstress, and ends with 1 if they saw what they must not.
#
#   races/run.sh            some minutes
#   races/run.sh --long     an hour or more
#   races/run.sh OPTION...  what jcstress understands, for example -t DepotRace -v
set -eu
cd "$(dirname "$0")/.."
. .mvn/jdk.sh
jdk_find java || {
  echo "races: $(jdk_missing)" >&2
  exit 1
}
./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl races -am package >&2
case ${1-} in
--long) set -- -m tough ;;
'') set -- -m sanity -f 1 ;;
esac
mkdir -p races/target/results
cd races/target
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp 'classes:lib/*' org.openjdk.jcstress.Main -r results/ "$@"
