package org.milena.scanner.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.milena.common.mail.RawMessage;

/** Mail with the harmless test virus in every dress that mail knows, and mail without it. */
public final class SampleMail {

  public static final String EICAR =
      "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

  private static final String TOP =
      "From: Milena <milena@example.org>\r\nTo: users@lists.example.org\r\nSubject: sample\r\n"
          + "Message-ID: <sample@example.org>\r\nMIME-Version: 1.0\r\n";

  private SampleMail() {}

  /** Each must be called infected by every engine. */
  public static Map<String, RawMessage> infected() {
    Map<String, RawMessage> all = new LinkedHashMap<>();
    all.put("7bit body", mail("Content-Type: text/plain\r\n\r\n" + EICAR + "\r\n"));
    all.put("body without MIME", RawMessage.wrap(bytes("Subject: x\r\n\r\n" + EICAR + "\r\n")));
    all.put("base64 body", mail("Content-Transfer-Encoding: base64\r\n\r\n" + base64(EICAR)));
    all.put("7bit attachment", attachment("test.bin", "7bit", EICAR));
    all.put("8bit attachment", attachment("test.bin", "8bit", EICAR));
    all.put("binary attachment", attachment("test.bin", "binary", EICAR));
    all.put("base64 attachment", attachment("test.bin", "base64", base64(EICAR)));
    all.put("base64 in upper case", attachment("test.bin", "BASE64", base64(EICAR)));
    all.put("quoted-printable attachment", attachment("t.bin", "quoted-printable", quoted(EICAR)));
    all.put("uuencoded attachment", attachment("t.bin", "x-uuencode", uuencoded("t.bin", EICAR)));
    all.put("uuencoded in a text", mail("\r\nsee below\r\n\r\n" + uuencoded("t.bin", EICAR)));
    all.put(
        "forwarded message",
        attachment(
            "message/rfc822", "", "7bit", text(attachment("t.bin", "base64", base64(EICAR)))));
    all.put("zip", attachment("a.zip", "base64", base64(zip("test.bin", bytes(EICAR)))));
    all.put(
        "zip in zip",
        attachment("a.zip", "base64", base64(zip("inner.zip", zip("test.bin", bytes(EICAR))))));
    all.put(
        "zip in a forwarded message",
        attachment(
            "message/rfc822",
            "",
            "7bit",
            text(attachment("a.zip", "base64", base64(zip("test.bin", bytes(EICAR)))))));
    all.put("gzip", attachment("a.gz", "base64", base64(gzip(bytes(EICAR)))));
    return all;
  }

  /** None may be called anything but clean. */
  public static Map<String, RawMessage> clean() {
    Map<String, RawMessage> all = new LinkedHashMap<>();
    all.put("plain", mail("\r\nDear Milena,\r\n\r\nit is late.\r\n"));
    all.put("about the test virus", mail("\r\nThe EICAR string is 68 characters long.\r\n"));
    all.put("picture", attachment("a.png", "base64", base64(new byte[5000])));
    all.put("zip", attachment("a.zip", "base64", base64(zip("a.txt", bytes("hello")))));
    all.put("forwarded", attachment("message/rfc822", "", "7bit", "Subject: x\r\n\r\nhello\r\n"));
    all.put("empty", RawMessage.wrap(new byte[0]));
    return all;
  }

  /** A message whose header, from Content-Type on, and body are these. */
  public static RawMessage mail(String rest) {
    return RawMessage.wrap(bytes(TOP + rest));
  }

  /** A text with an attachment of this name. */
  public static RawMessage attachment(String name, String encoding, String content) {
    return attachment(
        "application/octet-stream",
        "Content-Disposition: attachment; filename=\"" + name + "\"\r\n",
        encoding,
        content);
  }

  /** A text with an attachment under these fields, each with its line end. */
  public static RawMessage attachment(String type, String fields, String encoding, String content) {
    return mail(
        "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nsee attachment\r\n"
            + "--b\r\nContent-Type: "
            + type
            + "\r\n"
            + fields
            + "Content-Transfer-Encoding: "
            + encoding
            + "\r\n\r\n"
            + content
            + "\r\n--b--\r\n");
  }

  public static String base64(String text) {
    return base64(bytes(text));
  }

  public static String base64(byte[] octets) {
    return Base64.getMimeEncoder().encodeToString(octets) + "\r\n";
  }

  public static byte[] zip(String name, byte[] content) {
    return zip(Map.of(name, content));
  }

  public static byte[] zip(Map<String, byte[]> files) {
    var packed = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(packed)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  public static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  public static String uuencoded(String name, String content) {
    byte[] octets = bytes(content);
    var encoded = new StringBuilder("begin 644 " + name + "\r\n");
    for (int from = 0; from < octets.length; from += 45) {
      int length = Math.min(45, octets.length - from);
      encoded.append((char) (' ' + length));
      for (int i = from; i < from + length; i += 3) {
        int group = (octet(octets, i) << 16) | (octet(octets, i + 1) << 8) | octet(octets, i + 2);
        for (int shift = 18; shift >= 0; shift -= 6) {
          int six = (group >> shift) & 0x3F;
          encoded.append(six == 0 ? '`' : (char) (' ' + six));
        }
      }
      encoded.append("\r\n");
    }
    return encoded.append("`\r\nend\r\n").toString();
  }

  private static int octet(byte[] octets, int at) {
    return at < octets.length ? octets[at] & 0xFF : 0;
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      quoted.append(String.format("=%02X", (int) text.charAt(i)));
      if (i % 20 == 19) {
        quoted.append("=\r\n");
      }
    }
    return quoted.append("\r\n").toString();
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static String text(RawMessage message) {
    return new String(message.unsafeBytes(), StandardCharsets.ISO_8859_1);
  }
}
