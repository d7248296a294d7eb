package org.milena.scanner.quarantine;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.regex.Pattern;
import net.lingala.zip4j.io.outputstream.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.AesKeyStrength;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

/**
 * A message in a zip file that no mail program, browser or virus scanner opens by itself: encrypted
 * with AES-256, its only entry named after the mail. The password is no secret by default; it keeps
 * the mail from being opened by mistake.
 */
public final class SealedCopy {

  /** What people who hand harmful files to each other take. */
  public static final String USUAL_PASSWORD = "infected";

  private static final Pattern PASSWORD = Pattern.compile("[!-~]{1,128}");

  private SealedCopy() {}

  /** Whether this can be a password: visible characters of ASCII, as a header can carry them. */
  public static boolean isPassword(String text) {
    return PASSWORD.matcher(text).matches();
  }

  /** What the file is called. */
  public static String fileName(MailId id) {
    return id + ".zip";
  }

  /**
   * Writes it as it is made; does not close the stream.
   *
   * @throws IOException when the stream refuses
   */
  public static void write(
      MailId id, Instant receivedAt, RawMessage message, String password, OutputStream out)
      throws IOException {
    ZipParameters entry = new ZipParameters();
    entry.setFileNameInZip(id + ".eml");
    entry.setLastModifiedFileTime(receivedAt.toEpochMilli());
    entry.setEncryptFiles(true);
    entry.setEncryptionMethod(EncryptionMethod.AES);
    entry.setAesKeyStrength(AesKeyStrength.KEY_STRENGTH_256);
    try (ZipOutputStream zip = new ZipOutputStream(new Unclosed(out), password.toCharArray())) {
      zip.putNextEntry(entry);
      message.writeTo(zip);
      zip.closeEntry();
    }
  }

  /** The stream is the caller's. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
