package org.milena.common.mail.planted;

import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;

@NullMarked
class Logs {
  void log(Logger log) {
    log.info("mail");
  }
}
