package org.milena.common.header;

import java.util.Arrays;

/** The digits of base64 (RFC 4648 section 4). */
final class Base64Digits {

  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < digits.length(); i++) {
      VALUES[digits.charAt(i)] = (byte) i;
    }
  }

  private Base64Digits() {}

  /** 0 to 63, or -1. */
  static int value(int c) {
    return c < 0 || c >= 128 ? -1 : VALUES[c];
  }
}
