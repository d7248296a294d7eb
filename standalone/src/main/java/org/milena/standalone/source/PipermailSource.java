package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/**
 * The text archive of Mailman 2: a file for each month, or all of them joined. Their bodies are not
 * quoted, attachments are links, and addresses are written {@code user at host}. The address in
 * From is mended, and no other word: elsewhere "at" may be one.
 */
public final class PipermailSource implements PostSource {
  private static final Pattern PERIOD =
      Pattern.compile(
          "(?:(\\d{4})-?([A-Za-z]+|q[1-4])?|Week-of-Mon-(\\d{8})|(\\d{8}))\\.txt(?:\\.gz)?");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final Pattern MANGLED =
      Pattern.compile("(\\s*)(\\S+) at (\\S+)(\\s+\\(.*|\\s*)", Pattern.DOTALL);

  private final Path path;
  private final @Nullable PipermailPages pages;

  /**
   * @param path a file, or the folder of a list
   * @param pages of the same list; null where there are none
   */
  public PipermailSource(Path path, @Nullable PipermailPages pages) {
    this.path = path;
    this.pages = pages;
  }

  @Override
  public String name() {
    return "pipermail " + MboxSource.name(path.toAbsolutePath());
  }

  @Override
  public long size() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    return size;
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    Receiver to = mending(pages == null ? receiver : pages.naming(receiver));
    long before = 0;
    for (Path file : files()) {
      long offset = before;
      try (InputStream in = Unpacked.open(file, count -> receiver.progress(offset + count))) {
        var unused = new MboxReader(in, Quoting.NONE, MboxSource.name(file), to).read();
      }
      before += Files.size(file);
    }
    if (pages != null) {
      pages.tellUnused(receiver);
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(path)) {
      throw new UnfitSourceException("There is no file or folder %s.".formatted(path));
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(path)) {
      all.filter(file -> PERIOD.matcher(MboxSource.name(file)).matches()).forEach(files::add);
    }
    // a month lies there plain, packed, or both
    files.removeIf(file ->
        file.toString().endsWith(".gz")
            && files.contains(Path.of(file.toString().replaceFirst("\\.gz$", ""))));
    if (files.isEmpty()) {
      throw new UnfitSourceException(
          "There is no text of a month (2009-July.txt or .txt.gz) in %s.".formatted(path));
    }
    files.sort(
        Comparator.<Path, String>comparing(PipermailSource::period).thenComparing(Path::toString));
    return files;
  }

  /** What sorts by time. */
  private static String period(Path file) {
    Matcher period = PERIOD.matcher(MboxSource.name(file));
    if (!period.matches()) {
      return "";
    }
    if (period.group(1) == null) {
      return period.group(3) == null ? period.group(4) : period.group(3);
    }
    String part = period.group(2) == null ? "" : period.group(2).toLowerCase(Locale.ROOT);
    int month = MONTHS.indexOf(part) + 1;
    return period.group(1) + (month > 0 ? "%02d".formatted(month) : part);
  }

  private static Receiver mending(Receiver receiver) {
    return new Receiver() {
      @Override
      public void post(SourcePost post) {
        receiver.post(
            new SourcePost(
                post.place(),
                mended(post.raw()),
                post.receivedAt(),
                post.isPrivate(),
                post.urls(),
                post.keys()));
      }

      @Override
      public void odd(SourceOdd kind, String place, String text) {
        receiver.odd(kind, place, text);
      }

      @Override
      public void progress(long done) {
        receiver.progress(done);
      }
    };
  }

  /** With an address in From. */
  static RawMessage mended(RawMessage message) {
    HeaderField from = HeaderBlock.of(message).first("From").orElse(null);
    if (from == null) {
      return message;
    }
    byte[] octets = message.unsafeBytes();
    String field =
        new String(octets, from.start(), from.end() - from.start(), StandardCharsets.ISO_8859_1);
    int colon = field.indexOf(':');
    Matcher mangled = MANGLED.matcher(field.substring(colon + 1));
    if (!mangled.matches()) {
      return message;
    }
    String rest = mangled.group(4) == null ? "" : mangled.group(4);
    byte[] better =
        (field.substring(0, colon + 1)
                + mangled.group(1)
                + mangled.group(2)
                + "@"
                + mangled.group(3)
                + rest)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[octets.length - field.length() + better.length];
    System.arraycopy(octets, 0, all, 0, from.start());
    System.arraycopy(better, 0, all, from.start(), better.length);
    System.arraycopy(
        octets, from.end(), all, from.start() + better.length, octets.length - from.end());
    return RawMessage.wrap(all);
  }
}
