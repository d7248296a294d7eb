# What benchmarks/site, benchmarks/directory and benchmarks/archive share; they read it in. Finds a JDK 25 and builds what is missing or old.
#
#   MILENA_JAVA_HOME   the JDK to use

home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
classpath="$home/benchmarks/target/classpath"

fail() {
  printf '%s: %s\n' "$0" "$1" >&2
  exit 1
}

is_fit() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] &&
    [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1)" -ge 25 ]
}

find_jdk() {
  local candidate
  for candidate in "${MILENA_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /opt/*; do
    if is_fit "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  fail "no JDK 25 found. Install one, or set MILENA_JAVA_HOME to where it is."
}

is_current() {
  [ -f "$classpath" ] && [ -z "$(find "$home"/pom.xml "$home"/*/pom.xml "$home"/*/src/main -type f \
    -newer "$classpath" -print 2>/dev/null | head -n 1)" ]
}

build() {
  jdk="$(find_jdk)"
  if ! is_current; then
    echo "building; this takes some minutes…" >&2
    (cd "$home" && JAVA_HOME="${JAVA_HOME:-$jdk}" ./mvnw -q -ntp -Dmaven.test.skip=true \
      -pl benchmarks,smtp-ingress,listexpander-service -am package) >&2 || fail "the build failed; see above."
    touch "$classpath"
  fi
}

# run HEAP CLASS ARGUMENT…
run() {
  MILENA_JAVA_HOME="$jdk" exec "$jdk/bin/java" -XX:+UseSerialGC "-Xmx$1" -Dmilena.home="$home" \
    -cp "$home/benchmarks/target/classes:$(cat "$classpath")" "${@:2}"
}
