package org.milena.common.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 over a purpose and its parts, each with its length before it. */
final class Macs {

  static byte[] mac(SecretKey key, TokenPurpose purpose, int length, byte[]... parts) {
    Mac mac = hmac(key);
    update(mac, purpose.name().getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      update(mac, part);
    }
    return Arrays.copyOf(mac.doFinal(), length);
  }

  static String fingerprint(SecretKey key) {
    Mac mac = hmac(key);
    update(mac, "fingerprint".getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(mac.doFinal(), 0, 8);
  }

  private static Mac hmac(SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static void update(Mac mac, byte[] part) {
    mac.update((byte) (part.length >>> 24));
    mac.update((byte) (part.length >>> 16));
    mac.update((byte) (part.length >>> 8));
    mac.update((byte) part.length);
    mac.update(part);
  }

  private Macs() {}
}
