package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Makes mail worse, the same way for the same seed: octets changed, cut out, doubled, put in. */
final class Mutator {

  private static final String[] NASTY = {
    "\r\n",
    "\n",
    "\r",
    "\r\r\n",
    "\n\n",
    "\0",
    " ",
    "\t",
    ":",
    ",",
    ";",
    "<",
    ">",
    "\"",
    "(",
    ")",
    "\\",
    "@",
    "=?",
    "?=",
    "=?utf-8?q?",
    "=?utf-8?b?",
    "*0*=",
    "''",
    "From ",
    "\n ",
    "\n\t\n",
    "[",
    "]",
    "\u00ff",
    "--",
    "From: x@y\n",
    "+",
    "%0",
    "=",
    "\u001b$B"
  };

  private final Random random;

  Mutator(long seed) {
    this.random = new Random(seed);
  }

  byte[] mutate(byte[] source) {
    byte[] bytes = source;
    for (int rounds = 1 + random.nextInt(6); rounds > 0; rounds--) {
      bytes = once(bytes);
    }
    return bytes;
  }

  String mutate(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    return new String(mutate(bytes), StandardCharsets.UTF_8);
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(40));
    return switch (random.nextInt(5)) {
      case 0 -> join(Arrays.copyOf(bytes, at), rest(bytes, end));
      case 1 -> join(Arrays.copyOf(bytes, end), rest(bytes, at));
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
          copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        yield copy;
      }
      default -> {
        String nasty = NASTY[random.nextInt(NASTY.length)];
        byte[] inserted = nasty.getBytes(StandardCharsets.ISO_8859_1);
        yield join(join(Arrays.copyOf(bytes, at), inserted), rest(bytes, at));
      }
    };
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
