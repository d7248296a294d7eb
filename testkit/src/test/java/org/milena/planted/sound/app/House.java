package org.milena.planted.sound.app;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.NullMarked;
import org.milena.planted.sound.dns.Resolver;
import org.milena.planted.sound.route.Routes;

@NullMarked
class House {
  int build(Routes routes, Resolver resolver, KafkaConsumer<String, String> consumer) {
    consumer.wakeup();
    return routes.hashCode() + resolver.hashCode();
  }
}
