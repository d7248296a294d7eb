package org.milena.listexpander.digest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.header.OneLine;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.RawMessage;

/**
 * The body of a post as one plain text: its texts in their order, HTML only where nobody wrote the
 * same in plain text, and a line for each attachment that names it.
 */
final class PostText {
  private static final int MAX_PARTS = 200;
  private static final int MAX_DEPTH = 30;
  private static final int MAX_NAME = 100;

  // without the limits of mime4j, which refuse real mail; the size of a mail is bounded anyway
  private static final MimeConfig TOLERANT =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setStrictParsing(false)
          .build();

  /** A multipart that is open; those that are alternatives know whether one was plain. */
  private static final class Level {
    final boolean alternatives;
    boolean plain;

    Level(boolean alternatives) {
      this.alternatives = alternatives;
    }
  }

  /** A piece of the text; of HTML also where it stands, since plain text may come behind it. */
  private record Piece(String text, boolean html, List<Level> within) {
    boolean isWanted() {
      return !html || within.stream().noneMatch(level -> level.alternatives && level.plain);
    }
  }

  private final Optional<String> link;
  private final int most;
  private final List<Piece> pieces = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private ParameterizedHeader type = ParameterizedHeader.parse("");
  private ParameterizedHeader disposition = ParameterizedHeader.parse("");
  private int parts;
  private int length;
  private boolean cutShort;

  private PostText(Optional<String> link, int most) {
    this.link = link;
    this.most = most;
  }

  /**
   * The text of a post, in lines that end in LF; without control characters.
   *
   * @param link where the whole post is to be read, if anywhere
   * @param most how many characters; what is longer is cut with a note
   */
  static String of(RawMessage post, Optional<String> link, int most) {
    return new PostText(link, most).read(post);
  }

  private String read(RawMessage post) {
    MimeTokenStream tokens = new MimeTokenStream(TOLERANT);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    try {
      tokens.parse(new ByteArrayInputStream(post.unsafeBytes()));
      walk(tokens);
    } catch (MimeException | IOException | RuntimeException e) {
      // RuntimeException too: a parser of strangers' octets has bugs, and one of them must not keep
      // a digest from going out
      note("The rest of this message cannot be read" + whole() + ".");
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.isWanted() && !piece.text.isBlank()) {
        text.append(text.isEmpty() ? "" : "\n").append(piece.text);
      }
    }
    return cut(text.toString());
  }

  private String cut(String text) {
    if (text.length() <= most && !cutShort) {
      return text;
    }
    int end = Math.min(text.length(), most);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end)
        + "\n\n[This message is longer: it was cut here"
        + whole()
        + ".]\n";
  }

  private String whole() {
    return link.map(url -> "; see <" + url + ">").orElse("");
  }

  private void walk(MimeTokenStream tokens) throws MimeException, IOException {
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      switch (state) {
        case T_START_HEADER -> {
          type = ParameterizedHeader.parse("");
          disposition = ParameterizedHeader.parse("");
        }
        case T_FIELD -> field(tokens);
        case T_START_MULTIPART -> {
          if (levels.size() >= MAX_DEPTH) {
            note("Parts are nested too deep to be shown" + whole() + ".");
            return;
          }
          levels.push(new Level("alternative".equals(tokens.getBodyDescriptor().getSubType())));
        }
        case T_END_MULTIPART -> levels.pop();
        case T_BODY -> {
          if (++parts > MAX_PARTS) {
            note("There are too many parts to be shown" + whole() + ".");
            return;
          }
          part(tokens);
        }
        default -> {
          // preambles and epilogues are for nobody
        }
      }
    }
  }

  private void field(MimeTokenStream tokens) {
    String name = tokens.getField().getName();
    if (name.equalsIgnoreCase("Content-Type") && type.value().isEmpty()) {
      type = ParameterizedHeader.parse(value(tokens, name));
    } else if (name.equalsIgnoreCase("Content-Disposition") && disposition.value().isEmpty()) {
      disposition = ParameterizedHeader.parse(value(tokens, name));
    }
  }

  /** Read as the header of the message is: mime4j takes octets above 127 one by one. */
  private static String value(MimeTokenStream tokens, String name) {
    ByteSequence raw = tokens.getField().getRaw();
    if (raw == null) {
      return "";
    }
    byte[] bytes = raw.toByteArray();
    return HeaderBlock.of(bytes, bytes.length).first(name).map(HeaderField::value).orElse("");
  }

  private void part(MimeTokenStream tokens) throws IOException {
    String declared = type.value();
    // without a type of its own, where the part stands decides (RFC 2046 section 5.1.5)
    String mime =
        (declared.indexOf('/') > 0 ? declared : tokens.getBodyDescriptor().getMimeType())
            .toLowerCase(Locale.ROOT);
    boolean attached = disposition.value().equals("attachment");
    if (attached || !mime.startsWith("text/") || mime.equals("text/calendar")) {
      attachment(tokens, mime);
    } else if (length <= most) {
      text(tokens, mime.equals("text/html"));
    } else {
      cutShort = true;
    }
  }

  private void text(MimeTokenStream tokens, boolean isHtml) throws IOException {
    byte[] octets;
    // HTML says less in as many octets
    int atMost = isHtml ? 16 * most : 4 * most;
    try (InputStream content = tokens.getDecodedInputStream()) {
      octets = content.readNBytes(atMost);
      cutShort |= content.read() >= 0;
    }
    String decoded =
        MailCharsets.decode(octets, 0, octets.length, type.parameter("charset").orElse(""));
    String text = clean(isHtml ? HtmlText.of(decoded) : decoded);
    if (!isHtml && !text.isBlank()) {
      levels.forEach(level -> level.plain = true);
    }
    Piece piece = new Piece(text, isHtml, List.copyOf(levels));
    pieces.add(piece);
    length += text.length();
  }

  private void attachment(MimeTokenStream tokens, String mime) throws IOException {
    long size = 0;
    try (InputStream content = tokens.getDecodedInputStream()) {
      byte[] buffer = new byte[8192];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        size += n;
      }
    } catch (IOException e) {
      // broken base64 ends it: its size is what could be read
      note("An attachment cannot be read to its end.");
    }
    String name =
        OneLine.of(
            disposition.parameter("filename").or(() -> type.parameter("name")).orElse(""),
            MAX_NAME);
    note(
        "Attachment: %s%s, %,d octets%s"
            .formatted(
                name.isEmpty() ? "" : name + ", ", OneLine.of(mime, MAX_NAME), size, whole()));
  }

  private void note(String sentence) {
    pieces.add(new Piece("[" + sentence + "]\n", false, List.of()));
  }

  /** Lines end in LF; controls and halves of surrogate pairs are gone. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length() + 1);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        boolean lineEnd = i < text.length() && text.charAt(i) == '\n';
        clean.append(lineEnd ? "" : "\n");
      } else if (c == '\n' || c == '\t' || !isUnseen(c)) {
        clean.appendCodePoint(c);
      }
    }
    if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != '\n') {
      clean.append('\n');
    }
    return clean.toString();
  }

  private static boolean isUnseen(int c) {
    int kind = Character.getType(c);
    return kind == Character.CONTROL || kind == Character.SURROGATE || c == 0xFEFF;
  }
}
