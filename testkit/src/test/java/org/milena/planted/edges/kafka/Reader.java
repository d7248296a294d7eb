package org.milena.planted.edges.kafka;

import org.jspecify.annotations.NullMarked;
import org.milena.planted.edges.web.Page;

@NullMarked
class Reader {
  int hash(Page page) {
    return page.hashCode();
  }
}
