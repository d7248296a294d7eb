package org.milena.planted.edge.route;

import org.jspecify.annotations.NullMarked;
import org.milena.planted.edge.kafka.Topic;

@NullMarked
class Routes {
  int hash(Topic topic) {
    return topic.hashCode();
  }
}
