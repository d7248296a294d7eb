package org.milena.listexpander.migration.listfile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of lines, each with its end. */
final class LineDigest {
  private final MessageDigest sha256;

  LineDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(byte[] line) {
    sha256.update(line);
    sha256.update((byte) '\n');
  }

  byte[] value() {
    return sha256.digest();
  }
}
