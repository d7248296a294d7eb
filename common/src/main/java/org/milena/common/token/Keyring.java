package org.milena.common.token;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that tokens are signed with. The newest signs; all are tried by their id when a token
 * comes back.
 */
public final class Keyring {
  private final Map<Character, SecretKey> keys = new LinkedHashMap<>();
  private final char newest;

  /**
   * @param secrets by key id, one character of {@code a-z2-7}; each at least 32 bytes; the last one
   *     signs
   */
  public Keyring(Map<Character, byte[]> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a keyring needs a key");
    }
    char last = 0;
    for (var entry : secrets.entrySet()) {
      char id = entry.getKey();
      if ("abcdefghijklmnopqrstuvwxyz234567".indexOf(id) < 0) {
        throw new IllegalArgumentException("a key id is one of a-z2-7, not " + id);
      }
      if (entry.getValue().length < 32) {
        throw new IllegalArgumentException("key " + id + " is shorter than 32 bytes");
      }
      keys.put(id, new SecretKeySpec(entry.getValue(), "HmacSHA256"));
      last = id;
    }
    newest = last;
  }

  /** The id of the key that signs. */
  public char newestId() {
    return newest;
  }

  /** The key that signs. */
  SecretKey newest() {
    return java.util.Objects.requireNonNull(keys.get(newest));
  }

  /** The key of this id. */
  Optional<SecretKey> find(char id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** Digests of the keys by id: instances compare these, and refuse to run with different keys. */
  public Map<String, String> fingerprints() {
    Map<String, String> prints = new LinkedHashMap<>();
    keys.forEach((id, key) -> prints.put(String.valueOf(id), Macs.fingerprint(key)));
    return prints;
  }
}
