package org.milena.scanner.clamav;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.Eicar;

/** The mails whose verdict is known before clamd is asked. */
final class ProbeMail {

  /** Nothing is in it. */
  static final RawMessage CLEAN = mail("Subject: probe\r\n\r\nnothing in here\r\n");

  /**
   * The EICAR test file as an attachment: found only by a clamd that has a database and looks into
   * mail.
   */
  static final RawMessage TEST_VIRUS =
      mail(
          "Subject: probe\r\nMIME-Version: 1.0\r\n"
              + "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
              + "--b\r\nContent-Type: text/plain\r\n\r\nthe test virus is attached\r\n"
              + "--b\r\nContent-Type: application/octet-stream\r\n"
              + "Content-Disposition: attachment; filename=\"eicar.com\"\r\n"
              + "Content-Transfer-Encoding: base64\r\n\r\n"
              + Base64.getMimeEncoder().encodeToString(Eicar.octets())
              + "\r\n--b--\r\n");

  private ProbeMail() {}

  private static RawMessage mail(String text) {
    return RawMessage.wrap(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
