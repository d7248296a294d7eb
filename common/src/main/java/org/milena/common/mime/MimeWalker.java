package org.milena.common.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * Goes through the leaves of a message in their order, those of attached messages behind them. Each
 * has a number that the archive's addresses are made of.
 *
 * <p>An attached message is shown as a leaf first, then opened from a queue: mime4j would recurse
 * into it, and 10,000 of them end its stack. What exceeds a limit is left out and becomes a defect.
 */
public final class MimeWalker {

  /** Levels of multiparts and attached messages. */
  public static final int MAX_DEPTH = 30;

  /** Parts of one message, those of attached messages too. */
  public static final int MAX_PARTS = 1000;

  /** Attached messages are copied out to be read; all copies together, octets. */
  private static final int MAX_COPIED = 64 << 20;

  /** Attached messages whose copies may take twice as much; octets. */
  private static final int SMALL_MESSAGE = 1 << 16;

  /** Longer addresses of parts are none; characters. */
  private static final int MAX_LOCATION = 2000;

  // mime4j's own limits (1000 octets a line, 10 KB a header) refuse real mail; without limits one
  // field could be the whole message, which the mail limit bounds anyway
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(1_000_000)
          .setMaxHeaderLen(1_000_000)
          .setMaxHeaderCount(20_000)
          .setStrictParsing(false)
          .build();

  private static final class Level {
    final String path;
    final String subtype;
    private int children;

    Level(String path, String subtype) {
      this.path = path;
      this.subtype = subtype;
    }

    String nextChild() {
      children++;
      return path.isEmpty() ? Integer.toString(children) : path + "." + children;
    }
  }

  /** A message that is to be opened. */
  private static final class Nested {
    final String path;
    final int depth;
    final byte[] bytes;
    final int length;

    Nested(String path, int depth, byte[] bytes, int length) {
      this.path = path;
      this.depth = depth;
      this.bytes = bytes;
      this.length = length;
    }

    InputStream content() {
      return new ByteArrayInputStream(bytes, 0, length);
    }
  }

  private final PartVisitor visitor;
  private final int mostParts;
  private final List<String> defects = new ArrayList<>();
  private final Deque<Nested> queue = new ArrayDeque<>();
  private int parts;
  private int copied;
  private boolean stopped;

  public MimeWalker(PartVisitor visitor) {
    this(visitor, MAX_PARTS);
  }

  /**
   * For who needs more parts than are shown to readers.
   *
   * @param mostParts of one message, those of attached messages too
   */
  public MimeWalker(PartVisitor visitor, int mostParts) {
    this.visitor = visitor;
    this.mostParts = mostParts;
  }

  /** Shows all leaves, and returns what could not be read. */
  public List<String> walk(RawMessage message) {
    queue.add(new Nested("", 0, message.unsafeBytes(), message.size()));
    while (!queue.isEmpty() && !stopped) {
      Nested next = queue.remove();
      try {
        walk(next);
      } catch (MimeException | IOException | RuntimeException e) {
        // RuntimeException too: a parser of other people's bytes has bugs, and one of them must not
        // keep a post out of the archive
        defects.add("the MIME structure cannot be read to its end: " + e.getMessage());
      }
    }
    return defects;
  }

  private void walk(Nested nested) throws MimeException, IOException {
    MimeTokenStream stream = new MimeTokenStream(CONFIG);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(nested.content());
    Deque<Level> levels = new ArrayDeque<>();
    String path = nested.path;
    ParameterizedHeader contentType = ParameterizedHeader.parse("");
    ParameterizedHeader disposition = ParameterizedHeader.parse("");
    String contentId = "";
    String contentLocation = "";
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM && !stopped;
        state = stream.next()) {
      switch (state) {
        case T_START_HEADER -> {
          contentType = ParameterizedHeader.parse("");
          disposition = ParameterizedHeader.parse("");
          contentId = "";
          contentLocation = "";
        }
        case T_FIELD -> {
          String name = stream.getField().getName();
          if (name.equalsIgnoreCase("Content-Type") && contentType.value().isEmpty()) {
            contentType = ParameterizedHeader.parse(value(stream, name));
          } else if (name.equalsIgnoreCase("Content-Disposition")
              && disposition.value().isEmpty()) {
            disposition = ParameterizedHeader.parse(value(stream, name));
          } else if (name.equalsIgnoreCase("Content-ID") && contentId.isEmpty()) {
            contentId = MessageId.parse(value(stream, name)).map(MessageId::value).orElse("");
          } else if (name.equalsIgnoreCase("Content-Location") && contentLocation.isEmpty()) {
            contentLocation = location(value(stream, name));
          }
        }
        case T_START_BODYPART -> path = levels.getFirst().nextChild();
        case T_START_MULTIPART -> {
          if (levels.size() + nested.depth >= MAX_DEPTH) {
            defects.add("parts are nested deeper than " + MAX_DEPTH + " levels");
            return;
          }
          levels.push(new Level(path, subtype(stream.getBodyDescriptor())));
        }
        case T_END_MULTIPART -> path = levels.pop().path;
        case T_BODY -> {
          if (++parts > mostParts) {
            defects.add("there are more than " + mostParts + " parts");
            stopped = true;
            return;
          }
          PartHeader header =
              new PartHeader(
                  path.isEmpty() || path.equals(nested.path) ? child(nested.path) : path,
                  type(stream.getBodyDescriptor(), contentType),
                  contentType,
                  disposition,
                  levels.stream()
                      .filter(level -> level.subtype.equals("alternative"))
                      .map(level -> level.path + "/")
                      .findFirst()
                      .orElse(""),
                  levels.stream().anyMatch(level -> level.subtype.equals("related")),
                  contentId,
                  contentLocation);
          show(header, stream, levels.size() + nested.depth, nested.length);
        }
        default -> {
          // preambles, epilogues and ends say nothing a reader needs
        }
      }
    }
  }

  /**
   * @param most octets that it has: it is part of so many
   */
  private void show(PartHeader header, MimeTokenStream stream, int depth, int most) {
    try (InputStream content = stream.getDecodedInputStream()) {
      if (!header.isMessage()) {
        stopped = !visitor.part(header, content);
        return;
      }
      Nested message = nested(header, content, depth + 1, most);
      stopped = !visitor.part(header, message.content());
      if (depth + 1 > MAX_DEPTH || copied + message.length > MAX_COPIED) {
        defects.add("the attached message " + header.path() + " was not opened");
      } else {
        copied += message.length;
        queue.add(message);
      }
    } catch (IOException e) {
      defects.add("part " + header.path() + " cannot be decoded to its end: " + e.getMessage());
    }
  }

  /**
   * Room is doubled, so that of many messages in one none takes room for all. One that is more than
   * a quarter of what it is part of gets as much: as often as not it is nearly all of it.
   */
  private static Nested nested(PartHeader header, InputStream content, int depth, int most)
      throws IOException {
    byte[] large = content.readNBytes(SMALL_MESSAGE);
    int length = large.length;
    if (length < SMALL_MESSAGE) {
      return new Nested(header.path(), depth, large, length);
    }
    while (length == large.length && length < most) {
      large = Arrays.copyOf(large, length > most / 4 ? most : 2 * length);
      length += content.readNBytes(large, length, large.length - length);
    }
    byte[] rest = content.readAllBytes(); // some line ends come out longer than they went in
    if (rest.length > 0) {
      large = Arrays.copyOf(large, length + rest.length);
      System.arraycopy(rest, 0, large, length, rest.length);
      length += rest.length;
    }
    boolean full = length > large.length / 4 * 3;
    return new Nested(header.path(), depth, full ? large : Arrays.copyOf(large, length), length);
  }

  /** The part of a message that is no multipart has a number too, as in IMAP. */
  private static String child(String path) {
    return path.isEmpty() ? "1" : path + ".1";
  }

  private static String subtype(BodyDescriptor descriptor) {
    return descriptor.getSubType() == null ? "mixed" : descriptor.getSubType();
  }

  private static String type(BodyDescriptor descriptor, ParameterizedHeader contentType) {
    String declared = contentType.value();
    // the default depends on where the part stands (RFC 2046 section 5.1.5), which mime4j knows
    return declared.indexOf('/') > 0 ? declared : descriptor.getMimeType();
  }

  /** An address has no white space but what folding leaves (RFC 2557 section 4.4.2). */
  private static String location(String value) {
    return value.length() > MAX_LOCATION ? "" : value.replaceAll("\\s+", "");
  }

  /** Read as the header of the message is, since mime4j takes octets above 127 one by one. */
  private static String value(MimeTokenStream stream, String name) {
    ByteSequence raw = stream.getField().getRaw();
    if (raw == null) {
      return "";
    }
    byte[] bytes = raw.toByteArray();
    return HeaderBlock.of(bytes, bytes.length).first(name).map(HeaderField::value).orElse("");
  }

  /** All octets up to a limit. */
  public static byte[] read(InputStream content, int max) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int count;
    while (bytes.size() < max && (count = content.read(buffer)) >= 0) {
      bytes.write(buffer, 0, Math.min(count, max - bytes.size()));
    }
    return bytes.toByteArray();
  }

  /** How many octets are left. */
  public static long drain(InputStream content) throws IOException {
    byte[] buffer = new byte[8192];
    long total = 0;
    int count;
    while ((count = content.read(buffer)) >= 0) {
      total += count;
    }
    return total;
  }
}
