package org.milena.scanner.builtin.document;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The empty user password before the standard security handler (ISO 32000-1 section 7.6.3, ISO
 * 32000-2 section 7.6.4). Programs try it without asking anybody; publishers and banks encrypt with
 * it to forbid printing or copying.
 */
final class PdfPassword {

  /** Algorithm 2 fills passwords up with this; the empty one is nothing else. */
  private static final byte[] PADDING =
      HexFormat.of().parseHex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a");

  private static final int AES_BLOCK = 16;

  private final PdfValue.Dictionary encryption;
  private final byte[] id;
  private final int permissions;

  private PdfPassword(PdfValue.Dictionary encryption, String id, long permissions) {
    this.encryption = encryption;
    this.id = octets(id);
    this.permissions = (int) permissions; // some write it without the sign
  }

  /**
   * Whether the empty user password opens a file; not when that cannot be told.
   *
   * @param encryption its encryption dictionary
   * @param id the first part of its identifier, an octet a character; empty if it has none
   */
  static boolean emptyOpens(PdfValue.Dictionary encryption, String id) {
    Optional<PdfValue.Whole> permissions = encryption.get("P", PdfValue.Whole.class);
    boolean isReadable =
        encryption.name("Filter").equals("Standard")
            && permissions.isPresent()
            && (!encryption.has("EncryptMetadata")
                || encryption.get("EncryptMetadata", PdfValue.Truth.class).isPresent());
    if (!isReadable) {
      return false;
    }
    var password = new PdfPassword(encryption, id, permissions.get().number());
    try {
      return password.emptyOpens();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has MD5, SHA-2, RC4 and AES", e);
    }
  }

  /** Whether the identifier of the file is part of the key; no longer since revision 5. */
  static boolean needsId(PdfValue.Dictionary encryption) {
    return encryption.get("V", PdfValue.Whole.class).map(PdfValue.Whole::number).orElse(0L) != 5;
  }

  private boolean emptyOpens() throws GeneralSecurityException {
    long version = whole("V", 0);
    long revision = whole("R", 0);
    long length = whole("Length", version == 4 ? 128 : 40);
    if (version == 1 && (revision == 2 || revision == 3)) {
      return opensOld((int) revision, 5);
    }
    if (version == 2 && revision == 3) {
      return length % 8 == 0
          && length >= 40
          && length <= 128
          && opensOld((int) revision, (int) length / 8);
    }
    if (version == 4 && revision == 4) {
      return length == 128 && filtersAre("V2", "AESV2") && opensOld((int) revision, 16);
    }
    return version == 5
        && (revision == 5 || revision == 6)
        && filtersAre("AESV3", "AESV3")
        && opensNew((int) revision);
  }

  private long whole(String key, long otherwise) {
    if (!encryption.has(key)) {
      return otherwise;
    }
    return encryption.get(key, PdfValue.Whole.class).map(PdfValue.Whole::number).orElse(-1L);
  }

  /**
   * Whether strings, streams and files are encrypted by one of these two methods, or not at all.
   */
  private boolean filtersAre(String method, String orThis) {
    for (String key : new String[] {"StmF", "StrF", "EFF"}) {
      String filter = encryption.name(key);
      String said =
          encryption
              .get("CF", PdfValue.Dictionary.class)
              .flatMap(filters -> filters.get(filter, PdfValue.Dictionary.class))
              .map(known -> known.name("CFM"))
              .orElse("");
      boolean isNone = !encryption.has(key) || filter.equals("Identity");
      if (!isNone && !said.equals(method) && !said.equals(orThis)) {
        return false;
      }
    }
    return true;
  }

  /** Algorithm 6: for revisions 2 to 4, by algorithms 4 and 5. */
  private boolean opensOld(int revision, int keyLength) throws GeneralSecurityException {
    byte[] user = octets(encryption.text("U"));
    byte[] owner = octets(encryption.text("O"));
    if (user.length != 32 || owner.length != 32 || id.length == 0) {
      return false;
    }
    byte[] key = oldKey(owner, revision, keyLength);
    if (revision == 2) {
      return MessageDigest.isEqual(rc4(key, PADDING), user);
    }
    byte[] expected = rc4(key, digest("MD5", PADDING, id));
    for (int i = 1; i <= 19; i++) {
      byte[] next = key.clone();
      for (int j = 0; j < next.length; j++) {
        next[j] ^= (byte) i;
      }
      expected = rc4(next, expected);
    }
    return Arrays.equals(expected, 0, 16, user, 0, 16); // the rest may be anything
  }

  /** Algorithm 2. */
  private byte[] oldKey(byte[] owner, int revision, int length) throws GeneralSecurityException {
    boolean isMetadataOpen = revision >= 4 && !encryptsMetadata();
    byte[] mark = isMetadataOpen ? new byte[] {-1, -1, -1, -1} : new byte[0];
    byte[] key = digest("MD5", PADDING, owner, little(permissions), id, mark);
    if (revision >= 3) {
      for (int i = 0; i < 50; i++) {
        key = digest("MD5", Arrays.copyOf(key, length));
      }
    }
    return Arrays.copyOf(key, length);
  }

  private boolean encryptsMetadata() {
    return encryption
        .get("EncryptMetadata", PdfValue.Truth.class)
        .map(PdfValue.Truth::holds)
        .orElse(true);
  }

  /** Algorithms 11 and 2.A, and 13, without which some programs do not believe the password. */
  private boolean opensNew(int revision) throws GeneralSecurityException {
    byte[] user = octets(encryption.text("U")); // a hash, a salt for it, a salt for the key
    byte[] packedKey = octets(encryption.text("UE"));
    byte[] packedPermissions = octets(encryption.text("Perms"));
    if (user.length < 48 || packedKey.length != 32 || packedPermissions.length != AES_BLOCK) {
      return false;
    }
    byte[] hash = hash(Arrays.copyOfRange(user, 32, 40), revision);
    if (!Arrays.equals(hash, 0, 32, user, 0, 32)) {
      return false;
    }
    byte[] keysKey = hash(Arrays.copyOfRange(user, 40, 48), revision);
    byte[] key = aes(Cipher.DECRYPT_MODE, keysKey, new byte[AES_BLOCK], packedKey);
    // one block, and so the same as without chaining
    byte[] clear = aes(Cipher.DECRYPT_MODE, key, new byte[AES_BLOCK], packedPermissions);
    return Arrays.equals(clear, 0, 4, little(permissions), 0, 4)
        && (clear[8] == 'F' || encryptsMetadata()) // some write F whatever they say beside it
        && clear[9] == 'a'
        && clear[10] == 'd'
        && clear[11] == 'b';
  }

  /** Algorithm 2.B of the empty password; revision 5 knew its first step only. */
  private static byte[] hash(byte[] salt, int revision) throws GeneralSecurityException {
    byte[] key = digest("SHA-256", salt);
    if (revision == 5) {
      return key;
    }
    int last = 0;
    for (int round = 0; round < 64 || last > round - 32; round++) { // 288 at most
      byte[] many = new byte[64 * key.length];
      for (int i = 0; i < 64; i++) {
        System.arraycopy(key, 0, many, i * key.length, key.length);
      }
      byte[] aesKey = Arrays.copyOf(key, AES_BLOCK);
      byte[] start = Arrays.copyOfRange(key, AES_BLOCK, 2 * AES_BLOCK);
      byte[] mixed = aes(Cipher.ENCRYPT_MODE, aesKey, start, many);
      int sum = 0; // of 16 digits to the base 256, which leave the same by 3 as the number does
      for (int i = 0; i < 16; i++) {
        sum += mixed[i] & 0xFF;
      }
      key =
          switch (sum % 3) {
            case 0 -> digest("SHA-256", mixed);
            case 1 -> digest("SHA-384", mixed);
            default -> digest("SHA-512", mixed);
          };
      last = mixed[mixed.length - 1] & 0xFF;
    }
    return Arrays.copyOf(key, 32);
  }

  private static byte[] aes(int mode, byte[] key, byte[] start, byte[] octets)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
    return cipher.doFinal(octets);
  }

  private static byte[] rc4(byte[] key, byte[] octets) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ARCFOUR");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
    return cipher.doFinal(octets);
  }

  private static byte[] digest(String algorithm, byte[]... parts) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance(algorithm);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static byte[] little(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
