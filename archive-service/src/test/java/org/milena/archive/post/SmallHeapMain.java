package org.milena.archive.post;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.rendering.MailHtml;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.archive.rendering.RenderingWords;
import org.milena.archive.rendering.SamplePictures;
import org.milena.common.failure.OutageException;
import org.milena.common.header.MailCharsets;
import org.milena.common.mail.RawMessage;

/**
 * Many readers who want a message each, at once, in the heap that this process has: the worst that
 * a message can be.
 */
final class SmallHeapMain {
  private static final RenderingWords WORDS =
      new RenderingWords() {
        @Override
        public String quotedLines(int lines) {
          return lines + " lines";
        }

        @Override
        public String changedFiles(int files) {
          return files + " files";
        }

        @Override
        public String changedLines(int added, int removed) {
          return added + ", " + removed;
        }

        @Override
        public String allFiles() {
          return "all";
        }

        @Override
        public String pictureNotShown() {
          return "not shown";
        }

        @Override
        public String pictureAttached(String name) {
          return name;
        }
      };

  /**
   * @param arguments what the message is, octets of memory for messages (0 for a third of the
   *     heap), readers, octets of a message
   */
  public static void main(String[] arguments) throws Exception {
    Worst worst = Worst.valueOf(arguments[0]);
    long octets = Long.parseLong(arguments[1]);
    int readers = Integer.parseInt(arguments[2]);
    int size = Integer.parseInt(arguments[3]);
    MessageMemory memory =
        new MessageMemory(
            octets > 0 ? octets : Runtime.getRuntime().maxMemory() / 3, Duration.ofMinutes(1));
    int served = 0;
    int sentAway = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        all.add(threads.submit(() -> read(memory, worst, size)));
      }
      for (Future<Boolean> one : all) {
        served += one.get() ? 1 : 0;
        sentAway += one.get() ? 0 : 1;
      }
    }
    if (served + sentAway != readers || served == 0) {
      throw new IllegalStateException(served + " served, " + sentAway + " sent away");
    }
  }

  private static boolean read(MessageMemory memory, Worst worst, int size) {
    Use use = worst.isPage() ? Use.PAGE : Use.MASKED;
    try (Held held = memory.take(use, size)) {
      if (worst.isPage()) {
        byte[] document =
            MailHtml.of(message(worst, size), true, WORDS)
                .orElseThrow()
                .document()
                .getBytes(StandardCharsets.UTF_8);
        held.shrinkTo(document.length);
        return document.length > size / 2;
      }
      RawMessage masked = MaskedMessage.of(() -> message(worst, size));
      held.shrinkTo(masked.size());
      return masked.size() > 0;
    } catch (OutageException e) {
      return false;
    }
  }

  /** What a message can be made of. */
  enum Worst {
    LINES,
    ADDRESSES,
    SHORT_ADDRESSES,
    CHAINED_ADDRESSES,
    ADDRESSES_IN_HTML,
    QUOTED_PRINTABLE,
    BASE64,
    WESTERN,
    CHINESE,
    UTF_16,
    SHIFTED,
    GRAPHICS_IN_HTML,
    CHINESE_UTF_16_IN_HTML,
    SHIFTED_KATAKANA,
    EBCDIC,
    UTF_7,
    FIELDS,
    LONG_FIELD,
    PARTS,
    PREAMBLE,
    NESTED,
    PICTURES,
    REPEATED_PICTURE;

    boolean isPage() {
      return this == PICTURES || this == REPEATED_PICTURE;
    }
  }

  private static final String SHORT = "a@b.cc ".repeat(10) + "\r\n";

  private static RawMessage message(Worst worst, int size) {
    return switch (worst) {
      case LINES -> text("utf-8", "a line for alice@members.example: 5 \u20ac\r\n", size);
      // text that is no Latin takes twice as much, however little of it there is
      case ADDRESSES -> utf8("Content-Type: text/plain; charset=utf-8\r\n\r\n\u20ac", SHORT, size);
      case SHORT_ADDRESSES -> text("utf-8", "a@b ", size);
      case CHAINED_ADDRESSES -> text("utf-8", "a@", size);
      case ADDRESSES_IN_HTML ->
          utf8("Content-Type: text/html\r\n\r\n\u20ac", "abc%40b.cc d@e.fg<br>\r\n", size);
      case QUOTED_PRINTABLE -> encoded("quoted-printable", "long.name@b.cc \u00e9\n", size);
      case BASE64 ->
          encoded("base64", "YUBiLmNjIGFAYi5jYyBhQGIuY2MgYUBiLmNjIGFAYi5jYyBh\r\n", size);
      case WESTERN -> text("iso-8859-1", "\u00e9t\u00e9 " + SHORT, size);
      case CHINESE -> text("gb2312", "\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587 long@b.cc\r\n", size);
      case UTF_16 -> text("utf-16be", SHORT, size);
      case SHIFTED -> text("iso-2022-jp", SHORT, size);
      case GRAPHICS_IN_HTML -> written("ibm437", "a&#64;b.cc ", "\u2591".repeat(1000), size);
      case CHINESE_UTF_16_IN_HTML ->
          written("utf-16le", "a&#64;b.cc ", "\u4e2d\u6587".repeat(1000), size);
      // one octet each here, and three in UTF-8
      case SHIFTED_KATAKANA ->
          filled(
              "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\na@b.cc \033(I",
              "123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII),
              size);
      case EBCDIC -> written("cp037", "a@b.cc ", "\u00e9".repeat(1000), size);
      case UTF_7 -> text("utf-7", SHORT, size);
      case FIELDS -> utf8("Subject: x\r\n", "a:\n", size);
      case LONG_FIELD -> utf8("Subject: ", SHORT.strip() + " ", size);
      case PARTS ->
          utf8("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\n\na@b.cc\n", size);
      case PREAMBLE -> utf8("Content-Type: multipart/mixed; boundary=b\r\n\r\n", SHORT, size);
      case NESTED -> utf8("Content-Type: message/rfc822\r\n\r\n".repeat(9) + "\r\n", SHORT, size);
      case PICTURES -> page(size, 1);
      case REPEATED_PICTURE -> page(size, 200);
    };
  }

  private static RawMessage encoded(String encoding, String line, int size) {
    return utf8(
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n",
        line,
        size);
  }

  /** Addresses come first, once. */
  private static RawMessage written(String charset, String first, String rest, int size) {
    Charset set = MailCharsets.find(charset).orElseThrow();
    return filled(
        "Content-Type: text/html; charset=" + charset + "\r\n\r\n",
        first.getBytes(set),
        rest.getBytes(set),
        size);
  }

  private static RawMessage text(String charset, String line, int size) {
    return filled(
        "Content-Type: text/plain; charset=" + charset + "\r\n\r\n",
        line.getBytes(MailCharsets.find(charset).orElse(StandardCharsets.US_ASCII)),
        size);
  }

  private static RawMessage utf8(String head, String line, int size) {
    return filled(head, line.getBytes(StandardCharsets.UTF_8), size);
  }

  private static RawMessage filled(String first, byte[] line, int size) {
    return filled(first, new byte[0], line, size);
  }

  private static RawMessage filled(String first, byte[] once, byte[] line, int size) {
    byte[] head = first.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[size];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(once, 0, all, head.length, once.length);
    for (int at = head.length + once.length; at < size; at += line.length) {
      System.arraycopy(line, 0, all, at, Math.min(line.length, size - at));
    }
    return RawMessage.wrap(all);
  }

  /** Pictures of at most a million octets each, shown so often. */
  private static RawMessage page(int size, int times) {
    int each = Math.min(1_000_000, size - 10_000);
    byte[] picture = SamplePictures.pngOf(each);
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    StringBuilder html = new StringBuilder("<p>\u20ac</p>");
    for (int i = 0; i < size / each; i++) {
      html.append(("<img src=cid:" + i + "@x>").repeat(times));
    }
    all.writeBytes(
        ("Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n\r\n"
                + html)
            .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < size / each; i++) {
      all.writeBytes(
          ("\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <%d@x>\r\n".formatted(i)
                  + "Content-Transfer-Encoding: binary\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(picture);
    }
    all.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    return RawMessage.wrap(all.toByteArray());
  }

  private SmallHeapMain() {}
}
