#!/usr/bin/env bash
# Whether clamd answers PING.
set -euo pipefail
exec 3<> /dev/tcp/127.0.0.1/3310
printf 'zPING\0' >&3
read -r -d '' -t 5 answer <&3
[ "$answer" = PONG ]
