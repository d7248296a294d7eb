#!/usr/bin/env bash
# Runs a class of Kafka with the variables the tools of every Kafka know.
set -euo pipefail

# shellcheck disable=SC2086  # options are lists of words
exec java \
  ${KAFKA_HEAP_OPTS:--Xmx256m} \
  ${KAFKA_JVM_PERFORMANCE_OPTS:--server -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true} \
  ${KAFKA_JMX_OPTS:-} \
  ${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.yaml} \
  ${KAFKA_OPTS:-} \
  -cp '/opt/kafka/libs/*' "$@"
