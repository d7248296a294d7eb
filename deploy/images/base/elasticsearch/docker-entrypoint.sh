#!/usr/bin/env bash
# Runs Elasticsearch with the settings that variables name: discovery.type=single-node becomes an
# option, ES_JAVA_OPTS goes to the server's JVM, ELASTIC_PASSWORD to its keystore.
set -euo pipefail

home=/usr/share/elasticsearch

if [ "$#" -gt 0 ] && [ "$1" != eswrapper ] && [ "${1#-}" = "$1" ]; then
  exec "$@"
fi
[ "${1:-}" = eswrapper ] && shift

options=()
while IFS='=' read -r -d '' name value; do
  if [[ "$name" =~ ^[a-z0-9_]+\.[a-z0-9_.]+$ && -n "$value" ]]; then
    options+=("-E$name=$value")
  fi
done < <(env -0)

if [ -n "${ELASTIC_PASSWORD:-}" ]; then
  [ -f "$home/config/elasticsearch.keystore" ] || "$home/bin/elasticsearch-keystore" create -s
  printf '%s' "$ELASTIC_PASSWORD" | "$home/bin/elasticsearch-keystore" add -x -f bootstrap.password
fi

exec "$home/bin/elasticsearch" "${options[@]}" "$@"
