package org.milena.common.header;

import java.io.ByteArrayOutputStream;

/** Octets that are gathered, and decoded together. */
final class Octets extends ByteArrayOutputStream {

  String decode(String charsetName) {
    return MailCharsets.decode(buf, 0, count, charsetName);
  }
}
