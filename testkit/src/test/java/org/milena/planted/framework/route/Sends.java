package org.milena.planted.framework.route;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.NullMarked;

@NullMarked
class Sends {
  void send(KafkaConsumer<String, String> consumer) {
    consumer.wakeup();
  }
}
