# Finds a JDK 25 or later. Sourced by ./mvnw and ./pairwire; POSIX sh, starts no JVM and no other program but readlink.
#
#   jdk_find TOOL    exports JAVA_HOME of the first home that is new enough and has bin/TOOL (java to run, javac to build);
#                    returns 1, and leaves JAVA_HOME alone, when there is none
#   jdk_missing      the one line to print then
#
# Asked in this order: PAIRWIRE_JAVA_HOME, JAVA_HOME, java on the path, and the places where installers put JDKs. Among
# those the oldest version that will do wins: it is the one this project is tested with.

jdk_minimum=25

# Sets jdk_version to the feature version (25, 26, ...) of the home $1 that has the tool $2, or to 0.
# The file `release` tells it; it is read without a sub-shell, since there may be dozens of homes to ask.
jdk_ask() {
  jdk_version=0
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
    [ "$jdk_key" = JAVA_VERSION ] || continue
    jdk_value=${jdk_value#\"}
    jdk_value=${jdk_value%%[!0-9]*}
    jdk_version=${jdk_value:-0}
    break
  done <"$1/release"
}

# Takes $1 as the answer if it is new enough and has the tool $2.
jdk_take() {
  jdk_ask "$1" "$2"
  [ "$jdk_version" -ge "$jdk_minimum" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# Calls jdk_weigh for each home in the usual places; $1 is the tool.
jdk_usual_places() {
  for jdk_home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/openjdk* /usr/local/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /opt/* /opt/java/* /opt/jdk/* \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/* "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.local/share/mise/installs/java/*; do
    jdk_weigh "$jdk_home" "$1"
  done
}

# Keeps the home $1 as jdk_best if it will do and is older than the best so far.
jdk_weigh() {
  jdk_ask "$1" "$2"
  [ "$jdk_version" -ge "$jdk_minimum" ] || return 0
  if [ -z "$jdk_best" ] || [ "$jdk_version" -lt "$jdk_best_version" ]; then
    jdk_best=$1
    jdk_best_version=$jdk_version
  fi
}

jdk_find() {
  if [ -n "${PAIRWIRE_JAVA_HOME-}" ]; then
    jdk_take "$PAIRWIRE_JAVA_HOME" "$1" # what was asked for by name is not replaced by a guess
    return
  fi
  jdk_take "${JAVA_HOME-}" "$1" && return
  jdk_on_path=$(command -v java) && jdk_on_path=$(readlink -f "$jdk_on_path" 2>/dev/null) || jdk_on_path=
  jdk_take "${jdk_on_path%/bin/java}" "$1" && return
  jdk_best=
  jdk_options=$-
  set +f # the caller may have switched off the globbing that the places need
  jdk_usual_places "$1"
  case $jdk_options in *f*) set -f ;; esac
  jdk_take "$jdk_best" "$1"
}

jdk_missing() {
  if [ -n "${PAIRWIRE_JAVA_HOME-}" ]; then
    echo "PAIRWIRE_JAVA_HOME is not a JDK $jdk_minimum or later: $PAIRWIRE_JAVA_HOME"
  else
    echo "No JDK $jdk_minimum or later found: install one (https://adoptium.net, or 'sdk install java $jdk_minimum-tem'), or set PAIRWIRE_JAVA_HOME to its directory."
  fi
}
