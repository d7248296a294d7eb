package org.milena.common.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * The signed tag in the return path of a list copy: {@code users-bounces+TAG@lists.example.org}
 * (variable envelope return path). It holds no address: a pseudonym of the recipient, the day it
 * was sent, and an HMAC. So a bounce that comes back names its recipient, and nobody can invent
 * one.
 *
 * <p>A tag has {@value #LENGTH} characters, which with {@code -bounces+} leaves {@value
 * #MAX_LIST_LOCAL_PART} for the list's name within the 64 of a local part (RFC 5321 section
 * 4.5.3.1.1).
 */
public final class VerpTags {
  private static final int PSEUDONYM_LENGTH = 6;
  private static final int MAC_LENGTH = 7;

  /** Characters of a tag. */
  public static final int LENGTH = 1 + (PSEUDONYM_LENGTH + 2 + MAC_LENGTH) * 8 / 5;

  /** Longest local part of a list's address that leaves room for a tag. */
  public static final int MAX_LIST_LOCAL_PART = 64 - "-bounces+".length() - LENGTH;

  private final Keyring keyring;
  private final TokenPurpose purpose;

  /** Tags of copies. */
  public VerpTags(Keyring keyring) {
    this(keyring, TokenPurpose.VERP);
  }

  private VerpTags(Keyring keyring, TokenPurpose purpose) {
    this.keyring = keyring;
    this.purpose = purpose;
  }

  /**
   * Tags of probes, under the same keys: mail that asks whether an address is alive. Neither kind
   * is genuine as the other.
   */
  public VerpTags forProbes() {
    return new VerpTags(keyring, TokenPurpose.PROBE);
  }

  /** The tag for a copy sent now. */
  public String tag(ListId list, MailAddress recipient, Instant now) {
    byte[] content =
        ByteBuffer.allocate(PSEUDONYM_LENGTH + Short.BYTES)
            .put(pseudonym(keyring.newestId(), list, recipient).orElseThrow())
            .putShort((short) (now.getEpochSecond() / 86_400))
            .array();
    byte[] mac = mac(keyring.newestId(), list, content).orElseThrow();
    byte[] tag = Arrays.copyOf(content, content.length + MAC_LENGTH);
    System.arraycopy(mac, 0, tag, content.length, MAC_LENGTH);
    return keyring.newestId() + Base32.encode(tag);
  }

  /** What a tag says, when it is one of ours for this list. */
  public Optional<Tag> read(ListId list, String tag) {
    if (tag.length() != LENGTH) {
      return Optional.empty();
    }
    char keyId = Character.toLowerCase(tag.charAt(0));
    return Base32.decode(tag.substring(1))
        .flatMap(bytes -> {
          byte[] content = Arrays.copyOf(bytes, PSEUDONYM_LENGTH + Short.BYTES);
          byte[] mac = Arrays.copyOfRange(bytes, content.length, bytes.length);
          return mac(keyId, list, content)
              .filter(expected -> MessageDigest.isEqual(mac, expected))
              .map(_ ->
                  new Tag(
                      keyId,
                      ByteBuffer.wrap(content, 0, PSEUDONYM_LENGTH).slice().asReadOnlyBuffer(),
                      Short.toUnsignedInt(ByteBuffer.wrap(content).getShort(PSEUDONYM_LENGTH))));
        });
  }

  /** Whether the tag means this recipient. */
  public boolean means(Tag tag, ListId list, MailAddress recipient) {
    return pseudonym(tag.keyId(), list, recipient)
        .map(bytes -> ByteBuffer.wrap(bytes).equals(tag.pseudonym()))
        .orElse(false);
  }

  /**
   * What a genuine tag says.
   *
   * @param sentOnDay days since 1970-01-01 UTC
   */
  public record Tag(char keyId, ByteBuffer pseudonym, int sentOnDay) {}

  private Optional<byte[]> pseudonym(char keyId, ListId list, MailAddress recipient) {
    return keyring
        .find(keyId)
        .map(key ->
            Macs.mac(
                key,
                purpose,
                PSEUDONYM_LENGTH,
                "who".getBytes(StandardCharsets.US_ASCII),
                list.value().getBytes(StandardCharsets.UTF_8),
                recipient.key().getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<byte[]> mac(char keyId, ListId list, byte[] content) {
    return keyring
        .find(keyId)
        .map(key ->
            Macs.mac(
                key, purpose, MAC_LENGTH, list.value().getBytes(StandardCharsets.UTF_8), content));
  }
}
