package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.milena.archive.identity.Digests;

/**
 * What stands in the index of posts for a key: the dozen long ones that a post has would be a tenth
 * of all. In full they are with its octets.
 */
final class KeyDigest {
  /** 72 bits: nobody finds another key with the digest of a given one. */
  private static final int OCTETS = 9;

  static String of(String key) {
    byte[] digest = Digests.digest("SHA-256", key.getBytes(UTF_8));
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, OCTETS));
  }

  /** What stands for a key; in full in an index that is being made anew for this version. */
  static List<FieldValue> either(String key) {
    return List.of(FieldValue.of(of(key)), FieldValue.of(key));
  }

  private KeyDigest() {}
}
