package org.milena.scanner.builtin.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Encrypted files of one page, written by qpdf 11.3.0 with owner password {@code owner}, one a line
 * in {@code encrypted-pdfs.txt}: its name and its octets in base64. The name ends in {@code open}
 * where the user password is empty and in {@code closed} where it is {@code reader}; {@code qpdf
 * --requires-password} says the same of each.
 *
 * <pre>
 * qpdf --allow-weak-crypto page.pdf SHAPE --encrypt "" owner KIND -- sample.pdf
 *
 * SHAPE  plain   --object-streams=disable     KIND  r2      40
 *        packed  --object-streams=generate          r3      128 --use-aes=n --print=none
 *        linear  --linearize                        r4-rc4  128 --use-aes=n --force-V4
 *                                                   r4      128 --use-aes=y --extract=n
 *                                                   r5      256 --force-R5
 *                                                   r6      256 --print=none
 *                                                   …-metadata  with --cleartext-metadata
 * </pre>
 */
public final class EncryptedPdfs {

  private EncryptedPdfs() {}

  /** All, by name. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = EncryptedPdfs.class.getResourceAsStream("encrypted-pdfs.txt")) {
      String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      lines
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(parts -> files.put(parts[0], Base64.getDecoder().decode(parts[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The one of this name. */
  public static byte[] named(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  /** Names of those that the empty password opens. */
  static List<String> openOnes() {
    return all().keySet().stream().filter(name -> name.endsWith("-open")).toList();
  }

  /** Names of those that another one opens. */
  static List<String> closedOnes() {
    return all().keySet().stream().filter(name -> name.endsWith("-closed")).toList();
  }
}
