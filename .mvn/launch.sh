# What the launchers (descent, those in bench) share. Sourced by POSIX shells with $root set to the
# project's folder; .ci/launcher-test tests it.

JDK_NEEDED=25

fail() {
  echo "descent: $1" >&2
  exit "${2:-2}"
}

# The feature version of the JDK in folder $1 as its release file tells, e.g. 25; nothing when there
# is no JDK. A runtime without a compiler is none: the build needs one.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    value=${value#\"}
    value=${value#1.} # 1.8.0_462 is Java 8
    echo "${value%%[!0-9]*}"
    return 0
  done <"$1/release"
}

# The folder that the program $1 on PATH belongs to, symbolic links resolved: /x for /x/bin/java.
home_of() {
  program=$(command -v "$1") || return 0
  while [ -L "$program" ]; do
    target=$(readlink "$program")
    case $target in
      /*) program=$target ;;
      *) program=$(dirname "$program")/$target ;;
    esac
  done
  (cd "$(dirname "$program")/.." && pwd) || :
}

# Where JDKs are, one folder a line, the first that fits is taken.
jdk_candidates() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  home_of java
  for folder in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.jenv/versions/* "$HOME"/.gradle/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ ! -d "$folder" ] || echo "$folder"
  done
}

# The folder of the first JDK that is new enough, or nothing.
find_jdk() {
  jdk_candidates | while IFS= read -r folder; do
    version=$(jdk_version "$folder")
    if [ "${version:-0}" -ge "$JDK_NEEDED" ]; then
      echo "$folder"
      break
    fi
  done
}

require_jdk() {
  found=$(find_jdk)
  [ -n "$found" ] || fail "needs JDK $JDK_NEEDED or newer and found none: install one, or set JAVA_HOME to its folder"
  echo "$found"
}

# Builds module $1 and the modules it stands on, unless their sources are older than the last such
# build. Afterwards $1/target/lib has the jars of them all and of the libraries that they need. Needs $jdk.
build() {
  is_stale "$1" || return 0
  mkdir -p "$root/target"
  # Of two first starts at once, one builds; the other waits and then finds nothing to do.
  "$jdk/bin/java" "$root/.mvn/Locked.java" "$root/target/build.lock" \
    sh -c 'root=$1 jdk=$2 && . "$root/.mvn/launch.sh" && build_locked "$3"' \
    build "$root" "$jdk" "$1" || exit $?
}

is_stale() {
  stamp=$root/target/built-$1
  lib=$root/$1/target/lib
  [ -e "$stamp" ] || return 0
  set -- core optim nn "$1"
  for module; do
    [ -e "$root/$module/target/classes/module-info.class" ] && [ -e "$lib/descent-$module.jar" ] || return 0
    set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main"
    shift
  done
  # A folder is newer when a file in it was deleted or renamed.
  changed=$(find "$root/pom.xml" "$@" -newer "$stamp" | head -n 1)
  [ -n "$changed" ]
}

build_locked() {
  is_stale "$1" || return 0
  # As old as the start of the build: what changes while it runs is built the next time.
  touch "$stamp.new"
  maven Descent "$root/target/build.log" -f "$root/pom.xml" -pl "$1" -am -Dmaven.test.skip test-compile
  # Java starts a tenth of a second sooner from jars than from folders, and Maven makes no jars without
  # those of the tests. A program that is running keeps the ones it has opened.
  for module in core optim nn "$1"; do
    new=$root/$1/target/descent-$module.jar.new
    "$jdk/bin/jar" --create --no-compress --file="$new" -C "$root/$module/target/classes" . || exit 1
    mv "$new" "$lib/descent-$module.jar"
  done
  mv "$stamp.new" "$stamp"
}

# Builds what the message is to call $1; Maven's output goes to the file $2, the other words are
# Maven's. Needs $jdk.
maven() {
  command -v mvn >/dev/null || fail "the build needs Maven 3.8 or newer, and there is no mvn on the PATH: install it"
  echo "Building $1 ..." >&2
  log=$2
  shift 2
  # Maven runs on the JDK that was found; the two options silence that JDK's remarks about Maven.
  export JAVA_HOME="$jdk"
  export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
  if ! mvn -B -ntp -q "$@" >"$log" 2>&1; then
    cat "$log" >&2
    fail "the build failed, Maven's errors are above" 1
  fi
}

# Becomes Java with the options that suit everything here, and those given. Needs $jdk.
#
# The serial collector: a step waits for no barriers, and a short run takes half of the memory. What a
# training step makes is dead after it, but may be large; with this much room for what survives, a
# collection in the midst of a step moves it there, and not to where only a full one would find it.
# What a step makes may also be larger than all of that room: the collector then gives new objects more
# of it, up to half of the heap, where otherwise half of the time went into moving them.
#
# Large pages where Linux gives them to whoever asks: to touch 400 MB for the first time in small ones
# takes a tenth of a short run.
#
# General registers that run out are kept in memory, not in vector registers as on Intel's processors
# otherwise: the way there and back is on the units that multiply, and in the loops of the matrix
# product each turn waited for it.
start_java() {
  case $(cat /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null) in
    *\[madvise\]* | *\[always\]*) set -- -XX:+UseTransparentHugePages "$@" ;;
  esac
  exec "$jdk/bin/java" \
    -XX:+UseSerialGC -XX:NewSize=192m -XX:NewRatio=1 -XX:SurvivorRatio=2 \
    -XX:-UseFPUForSpilling \
    --add-modules jdk.incubator.vector \
    "$@"
}
