package org.milena.common.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that carry a short text for one purpose: key id, expiry, text, HMAC. They fit into a URL
 * and into the local part behind a {@code +}, and survive a change of case when their text does.
 *
 * <p>A token is not one-time by itself: that is the pending request it names, which the list's
 * owner consumes.
 */
public final class SignedTokens {
  private static final int MAC_LENGTH = 15;

  private final Keyring keyring;
  private final InstantSource clock;

  public SignedTokens(Keyring keyring, InstantSource clock) {
    this.keyring = keyring;
    this.clock = clock;
  }

  /**
   * @param text what the token carries
   * @param expires null for never
   */
  public String issue(TokenPurpose purpose, String text, @Nullable Instant expires) {
    byte[] content = content(text, expires);
    byte[] mac = Macs.mac(keyring.newest(), purpose, MAC_LENGTH, content);
    byte[] token = Arrays.copyOf(mac, MAC_LENGTH + content.length);
    System.arraycopy(content, 0, token, MAC_LENGTH, content.length);
    return keyring.newestId() + Base32.encode(token);
  }

  /** The text the token carries; empty when it is forged, expired, or for another purpose. */
  public Optional<String> read(TokenPurpose purpose, String token) {
    if (token.length() < 2) {
      return Optional.empty();
    }
    return keyring
        .find(Character.toLowerCase(token.charAt(0)))
        .flatMap(key ->
            Base32.decode(token.substring(1))
                .filter(bytes -> bytes.length >= MAC_LENGTH + Integer.BYTES)
                .flatMap(bytes -> {
                  byte[] content = Arrays.copyOfRange(bytes, MAC_LENGTH, bytes.length);
                  byte[] mac = Arrays.copyOf(bytes, MAC_LENGTH);
                  return MessageDigest.isEqual(mac, Macs.mac(key, purpose, MAC_LENGTH, content))
                      ? unexpired(content)
                      : Optional.empty();
                }));
  }

  /**
   * Octets that stand for these texts, and that nobody without the keys can tell beforehand. They
   * are the same for the same texts, until another key signs.
   *
   * @param length 1 to 32 octets
   */
  public byte[] stamp(TokenPurpose purpose, int length, String... texts) {
    byte[][] parts =
        Arrays.stream(texts)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return Macs.mac(keyring.newest(), purpose, length, parts);
  }

  private Optional<String> unexpired(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    long expires = Integer.toUnsignedLong(in.getInt());
    if (expires != 0 && clock.instant().getEpochSecond() > expires) {
      return Optional.empty();
    }
    return Optional.of(
        new String(content, Integer.BYTES, content.length - Integer.BYTES, StandardCharsets.UTF_8));
  }

  /** Expiry in seconds since 1970 as an unsigned int (until 2106), 0 for never; then the text. */
  private static byte[] content(String text, @Nullable Instant expires) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(expires == null ? 0 : (int) expires.getEpochSecond())
        .put(bytes)
        .array();
  }
}
