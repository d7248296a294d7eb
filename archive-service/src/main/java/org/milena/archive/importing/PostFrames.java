package org.milena.archive.importing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads messages one after the other from a stream: for each a line of JSON that ends with LF, then
 * as many octets as its {@code size} says, then LF.
 *
 * <pre>{@code
 * {"size":812,"place":"message 17","receivedAt":"2009-07-02T10:00:00Z"}
 * From: …
 * }</pre>
 *
 * <p>The other fields are {@code private}, {@code urls} and {@code keys}; a field that is not known
 * is an error, since it would be lost.
 */
public final class PostFrames {
  private static final JsonMapper STRICT =
      MailJson.mapper().rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int MAX_LINE = 64 << 10;
  private static final int MAX_PLACE = 300;
  private static final int MAX_NAMES = 20;
  private static final int MAX_NAME = 1000;

  /** The stream is not what it should be. The message is a sentence for whoever sent it. */
  public static final class BadFrameException extends IOException {
    private static final long serialVersionUID = 1;

    BadFrameException(String sentence) {
      super(sentence);
    }
  }

  /** What comes next. */
  public sealed interface Frame {
    /** A message. */
    record Whole(ForeignPost post) implements Frame {}

    /** A message that is not taken; its octets were passed over. */
    record TooLarge(String place, long size) implements Frame {}
  }

  /** The line before a message. */
  private record Head(
      long size,
      @Nullable String place,
      @Nullable Instant receivedAt,
      @JsonProperty("private") @Nullable Boolean isPrivate,
      @Nullable List<String> urls,
      @Nullable List<String> keys) {}

  private final InputStream in;
  private final int maxSize;
  private long number;

  /**
   * @param in is not closed
   * @param maxSize largest message that is taken, in octets
   */
  public PostFrames(InputStream in, int maxSize) {
    this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 64 << 10);
    this.maxSize = maxSize;
  }

  /**
   * The next message; empty at the end.
   *
   * @throws BadFrameException when the stream is something else
   * @throws EOFException when it ends in the middle of a message
   */
  public Optional<Frame> next() throws IOException {
    String line = line();
    if (line == null) {
      return Optional.empty();
    }
    number++;
    Head head = head(line);
    String place = Objects.requireNonNullElse(head.place(), "message " + number);
    if (head.size() > maxSize) {
      in.skipNBytes(head.size());
      end();
      return Optional.of(new Frame.TooLarge(place, head.size()));
    }
    byte[] octets = in.readNBytes((int) head.size());
    if (octets.length < head.size()) {
      throw new EOFException("the stream ends in the middle of " + place);
    }
    end();
    return Optional.of(
        new Frame.Whole(
            new ForeignPost(
                place,
                RawMessage.wrap(octets),
                head.receivedAt(),
                Boolean.TRUE.equals(head.isPrivate()),
                Objects.requireNonNullElse(head.urls(), List.of()),
                Objects.requireNonNullElse(head.keys(), List.of()))));
  }

  private Head head(String line) throws BadFrameException {
    @Nullable Head head;
    try {
      head = STRICT.readValue(line, Head.class);
    } catch (JacksonException e) {
      throw bad("does not begin with a line of JSON as it should be: " + e.getOriginalMessage());
    }
    if (head == null || head.size() < 0) {
      throw bad("has no size.");
    }
    if (head.place() != null && head.place().length() > MAX_PLACE) {
      throw bad("has a place of more than " + MAX_PLACE + " characters.");
    }
    check("urls", head.urls());
    check("keys", head.keys());
    if (head.urls() != null && head.urls().stream().anyMatch(url -> !url.startsWith("/"))) {
      throw bad("has a URL that does not begin with a slash.");
    }
    return head;
  }

  private void check(String field, @Nullable List<String> names) throws BadFrameException {
    if (names == null) {
      return;
    }
    if (names.stream().anyMatch(Objects::isNull)) {
      throw bad("has a null among its " + field + ".");
    }
    if (names.size() > MAX_NAMES || names.stream().anyMatch(name -> name.length() > MAX_NAME)) {
      throw bad(
          "has more than %d %s, or one of more than %,d characters."
              .formatted(MAX_NAMES, field, MAX_NAME));
    }
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new EOFException("the stream ends in the middle of a line");
      }
      if (line.size() == MAX_LINE) {
        number++;
        throw bad("begins with a line of more than %,d octets.".formatted(MAX_LINE));
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private void end() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the stream ends where a line should end");
    }
    if (octet != '\n') {
      throw bad("is not as long as its size says.");
    }
  }

  private BadFrameException bad(String what) {
    return new BadFrameException("Message " + number + " of this request " + what);
  }
}
