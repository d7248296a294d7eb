package org.milena.scanner.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.mail.RawMessage;

/**
 * Signs messages as a mail server would, and in any wrong way that is asked for. Written apart from
 * the verifier, with regular expressions, so that the two prove each other.
 *
 * <p>Messages are text of ISO 8859-1 with CR LF.
 */
public final class TestSigner {

  private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

  private final String domain;
  private final String selector;
  private final KeyPair keys;
  private final Map<String, String> tags;

  private TestSigner(String domain, String selector, KeyPair keys, Map<String, String> tags) {
    this.domain = domain;
    this.selector = selector;
    this.keys = keys;
    this.tags = tags;
  }

  /** With RSA of 2048 bits and SHA-256, relaxed/relaxed, signing From, To, Subject and Date. */
  public static TestSigner rsa(String domain, String selector) {
    return rsa(domain, selector, 2048);
  }

  /** With RSA of so many bits. The same size is the same key, in all tests. */
  public static TestSigner rsa(String domain, String selector, int bits) {
    return of(
        domain,
        selector,
        "rsa-sha256",
        KEYS.computeIfAbsent(
            "rsa" + bits,
            _ -> {
              try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
                return generator.generateKeyPair();
              } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
              }
            }));
  }

  /** With Ed25519. */
  public static TestSigner ed25519(String domain, String selector) {
    return of(
        domain,
        selector,
        "ed25519-sha256",
        KEYS.computeIfAbsent(
            "ed25519",
            _ -> {
              try {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
              } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
              }
            }));
  }

  private static TestSigner of(String domain, String selector, String algorithm, KeyPair keys) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("v", "1");
    tags.put("a", algorithm);
    tags.put("c", "relaxed/relaxed");
    tags.put("d", domain);
    tags.put("s", selector);
    tags.put("h", "from:to:subject:date");
    return new TestSigner(domain, selector, keys, tags);
  }

  /** The same with another value, which stands in the place of the old. */
  public TestSigner with(String tag, String value) {
    Map<String, String> changed = new LinkedHashMap<>(tags);
    changed.put(tag, value);
    return new TestSigner(domain, selector, keys, changed);
  }

  /** The same without a tag. */
  public TestSigner without(String tag) {
    Map<String, String> changed = new LinkedHashMap<>(tags);
    changed.remove(tag);
    return new TestSigner(domain, selector, keys, changed);
  }

  /** Where its key is. */
  public String keyName() {
    return selector + "._domainkey." + domain;
  }

  /** The TXT record of its key. */
  public String keyRecord() {
    return "v=DKIM1; k=" + (isRsa() ? "rsa" : "ed25519") + "; p=" + publicKey();
  }

  /** {@code p=}. */
  public String publicKey() {
    byte[] info = keys.getPublic().getEncoded();
    return base64(isRsa() ? info : Arrays.copyOfRange(info, info.length - 32, info.length));
  }

  /** The public key as SubjectPublicKeyInfo. */
  public byte[] publicKeyInfo() {
    return keys.getPublic().getEncoded();
  }

  private boolean isRsa() {
    return keys.getPublic().getAlgorithm().equals("RSA");
  }

  /** The message with a signature on top. */
  public RawMessage sign(RawMessage message) {
    return RawMessage.wrap(
        sign(new String(message.unsafeBytes(), ISO_8859_1)).getBytes(ISO_8859_1));
  }

  /** The message with a signature on top. */
  public String sign(String message) {
    return signatureField("DKIM-Signature", message) + message;
  }

  /** A field that signs the message. */
  public String signatureField(String name, String message) {
    String form = tags.getOrDefault("c", "simple/simple");
    String headerForm = form.replaceAll("/.*", "");
    String bodyForm = form.contains("/") ? form.replaceAll(".*/", "") : "simple";
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.putIfAbsent("bh", bodyHash(canonicalBody(bodyForm, body(message))));
    var covered = new StringBuilder();
    Map<String, Integer> used = new HashMap<>();
    for (String signed : all.getOrDefault("h", "").split(":")) {
      String key = signed.strip().toLowerCase(Locale.ROOT);
      List<String> same =
          fields(message).stream().filter(field -> nameOf(field).equalsIgnoreCase(key)).toList();
      int index = same.size() - used.merge(key, 1, Integer::sum);
      if (index >= 0) {
        covered.append(canonicalField(headerForm, same.get(index)));
      }
    }
    return signedBy(name, all, headerForm, covered.toString());
  }

  /** A field that signs this text, which is canonical already, and itself. */
  public String sealField(String name, String canonical) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.remove("h");
    all.remove("c");
    return signedBy(name, all, "relaxed", canonical);
  }

  private String signedBy(String name, Map<String, String> all, String headerForm, String covered) {
    String given = all.remove("b");
    var field = new StringBuilder(name + ": ");
    all.forEach((tag, value) -> field.append(tag).append('=').append(value).append(";\r\n "));
    field.append("b=");
    String own = canonicalField(headerForm, field + "\r\n");
    String signature =
        given != null ? given : signature(covered + own.substring(0, own.length() - 2));
    return field + signature.replaceAll("(.{70})(?=.)", "$1\r\n ") + "\r\n";
  }

  private String signature(String text) {
    boolean sha1 = tags.getOrDefault("a", "").endsWith("sha1");
    try {
      byte[] octets = text.getBytes(ISO_8859_1);
      Signature signature =
          Signature.getInstance(isRsa() ? sha1 ? "SHA1withRSA" : "SHA256withRSA" : "Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(isRsa() ? octets : MessageDigest.getInstance("SHA-256").digest(octets));
      return base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String bodyHash(String body) {
    try {
      long limit =
          tags.getOrDefault("l", "").matches("\\d{1,18}")
              ? Long.parseLong(tags.get("l"))
              : body.length();
      boolean sha1 = tags.getOrDefault("a", "").endsWith("sha1");
      return base64(
          MessageDigest.getInstance(sha1 ? "SHA-1" : "SHA-256")
              .digest(
                  body.substring(0, (int) Math.min(limit, body.length())).getBytes(ISO_8859_1)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 6376 sections 3.4.3 and 3.4.4. */
  public static String canonicalBody(String form, String body) {
    if (form.equals("simple")) {
      return body.replaceAll("(\r\n)*\\z", "") + "\r\n";
    }
    String plain =
        body.replaceAll("[ \t]+(?=\r\n|\\z)", "")
            .replaceAll("[ \t]+", " ")
            .replaceAll("(\r\n)*\\z", "");
    return plain.isEmpty() ? "" : plain + "\r\n";
  }

  /** RFC 6376 sections 3.4.1 and 3.4.2. */
  public static String canonicalField(String form, String field) {
    if (form.equals("simple")) {
      return field;
    }
    int colon = field.indexOf(':');
    return field.substring(0, colon).strip().toLowerCase(Locale.ROOT)
        + ":"
        + field
            .substring(colon + 1)
            .replaceAll("\r\n(?=[ \t])", "")
            .replaceAll("[ \t]+", " ")
            .replaceAll("^ | ?(\r\n)?\\z", "")
        + "\r\n";
  }

  /** The fields of a message, each with its line end. */
  public static List<String> fields(String message) {
    String header = message.startsWith("\r\n") ? "" : message.split("(?<=\r\n)\r\n", 2)[0];
    return header.isEmpty() ? List.of() : List.of(header.split("(?<=\r\n)(?![ \t])"));
  }

  private static String body(String message) {
    if (message.startsWith("\r\n")) {
      return message.substring(2);
    }
    String[] parts = message.split("(?<=\r\n)\r\n", 2);
    return parts.length > 1 ? parts[1] : "";
  }

  private static String nameOf(String field) {
    return field.substring(0, Math.max(0, field.indexOf(':'))).strip();
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
