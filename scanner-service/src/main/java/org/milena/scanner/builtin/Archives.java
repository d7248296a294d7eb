package org.milena.scanner.builtin;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.ShownText;

/** Opens ZIP, gzip and tar as streams and shows each file in them to the check of contents. */
final class Archives {

  private static final int TAR_BLOCK = 512;

  /** Looks at a file from inside an archive. */
  @FunctionalInterface
  interface Inside {
    void look(String name, InputStream content) throws IOException;
  }

  private final Budget budget;
  private final Findings findings;
  private final AttachmentPolicy policy;
  private final Inside inside;

  Archives(Budget budget, Findings findings, AttachmentPolicy policy, Inside inside) {
    this.budget = budget;
    this.findings = findings;
    this.policy = policy;
    this.inside = inside;
  }

  /**
   * Opens the file if it is an archive.
   *
   * @param head its first octets, {@code length} of them
   * @param content from its beginning
   * @return whether it was one
   */
  boolean open(String name, byte[] head, int length, InputStream content) throws IOException {
    boolean zip = ZipReader.is(head, length);
    boolean gzip = length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    boolean tar = isTar(head, length);
    if (!zip && !gzip && !tar) {
      return false;
    }
    budget.enterArchive();
    try {
      InputStream packed = budget.packed(content);
      if (zip) {
        zip(packed);
      } else if (gzip) {
        gzip(name, packed);
      } else {
        tar(packed);
      }
    } catch (LimitException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      findings.unscannable("damaged archive " + ShownText.of(name) + ": " + e.getMessage());
    } finally {
      budget.leaveArchive();
    }
    return true;
  }

  private void zip(InputStream packed) throws IOException {
    var reader = new ZipReader(packed);
    for (Optional<ZipReader.Entry> next = reader.next();
        next.isPresent() && !findings.settled();
        next = reader.next()) {
      ZipReader.Entry entry = next.get();
      file(entry.name());
      switch (entry.kind()) {
        case READABLE -> inside.look(entry.name(), budget.unpacked(entry.content()));
        case ENCRYPTED -> {
          if (policy.blockEncryptedArchives()) {
            findings.policy(
                Objection.ENCRYPTED, "encrypted archive with " + ShownText.of(entry.name()));
          }
        }
        case UNREADABLE ->
            findings.unscannable(
                "archive with a compression unknown here: " + ShownText.of(entry.name()));
      }
    }
  }

  private void gzip(String name, InputStream packed) throws IOException {
    String inner = name.replaceFirst("(?i)\\.(gz|z)$", "").replaceFirst("(?i)\\.tgz$", ".tar");
    file(inner);
    inside.look(inner, budget.unpacked(new GZIPInputStream(packed, 8192)));
  }

  private void tar(InputStream packed) throws IOException {
    var in = new BufferedInputStream(packed);
    byte[] header = in.readNBytes(TAR_BLOCK);
    while (header.length == TAR_BLOCK && header[0] != 0 && !findings.settled()) {
      if (!isTar(header, TAR_BLOCK)) {
        throw new IOException("no tar header where one must be");
      }
      String name = text(header, 0, 100);
      long size = tarSize(header);
      file(name);
      var content = new TarFile(in, size);
      inside.look(name, budget.unpacked(content));
      content.skipNBytes(content.left);
      in.skipNBytes((TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
      header = in.readNBytes(TAR_BLOCK);
    }
  }

  private void file(String name) throws LimitException {
    budget.entry();
    policy
        .objectionToArchived(name)
        .ifPresent(reason -> findings.policy(Objection.ATTACHMENT, reason));
  }

  /** By its checksum, since old archives have no magic number. */
  private static boolean isTar(byte[] head, int length) {
    if (length < TAR_BLOCK || head[0] == 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xFF;
    }
    String said = text(head, 148, 8).strip();
    try {
      return !said.isEmpty() && Integer.parseInt(said, 8) == sum;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static long tarSize(byte[] header) throws IOException {
    if (header[124] < 0) { // GNU: a number of 11 octets
      long size = 0;
      for (int i = 128; i < 136; i++) {
        size = (size << 8) | (header[i] & 0xFF);
      }
      return Math.max(0, size);
    }
    String octal = text(header, 124, 12).strip().toLowerCase(Locale.ROOT);
    try {
      return octal.isEmpty() ? 0 : Math.max(0, Long.parseLong(octal, 8));
    } catch (NumberFormatException e) {
      throw new IOException("a size that is no number", e);
    }
  }

  private static String text(byte[] octets, int from, int length) {
    int end = from;
    while (end < from + length && octets[end] != 0) {
      end++;
    }
    return new String(octets, from, end - from, StandardCharsets.UTF_8);
  }

  /** One file's octets; does not end early. */
  private static final class TarFile extends InputStream {

    private final InputStream in;
    private long left;

    TarFile(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int got = in.read(buffer, offset, (int) Math.min(length, left));
      if (got < 0) {
        throw new EOFException("cut off");
      }
      left -= got;
      return got;
    }
  }
}
