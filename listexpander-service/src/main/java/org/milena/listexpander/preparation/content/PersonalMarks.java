package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.QuotedPrintable;
import org.milena.common.settings.Personalization;

/**
 * Places in texts around a post for what is each recipient's own. While the copy is made, a place
 * is a word that nobody can have written into the post, since a message cannot hold its own hash;
 * at last the words are {@linkplain #cut cut out}, and where they stood is all that is left.
 */
public final class PersonalMarks {
  private static final int HASH = 32;

  /** Opening, hash, one letter for the value, closing. */
  private static final int LENGTH = HASH + 3;

  private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};

  private final String opening;
  private final boolean shown;

  private PersonalMarks(String opening, boolean shown) {
    this.opening = opening;
    this.shown = shown;
  }

  /**
   * A message without its marks.
   *
   * @param marks where they stood, in order
   */
  public record Cut(RawMessage message, List<PersonalMark> marks) {
    /** Copies. */
    public Cut {
      marks = List.copyOf(marks);
    }
  }

  /**
   * The marks of the copies of a post.
   *
   * @param sha256 of the post as it came
   */
  public static PersonalMarks of(String sha256, Personalization how) {
    return new PersonalMarks("{" + sha256.substring(0, HASH), how != Personalization.NONE);
  }

  /** What stands in a text for a value. */
  public String place(PersonalValue value) {
    return opening + (char) ('a' + value.ordinal()) + "}";
  }

  /** Whether the text has such a place. */
  boolean isIn(String text) {
    return text.contains(opening);
  }

  /** Whether it begins with one. */
  boolean begins(String text) {
    return text.startsWith(opening);
  }

  /** The text; on a list whose copies are all the same, without the lines that have a place. */
  public String kept(String text) {
    return shown || !isIn(text)
        ? text
        : text.lines()
            .filter(line -> !isIn(line))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
  }

  /**
   * A text in UTF-8 in quoted-printable, each of its places at the start of a line: what is put
   * there in whole lines lets none grow.
   */
  byte[] quotedPrintable(byte[] text) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length + text.length / 8);
    boolean lineStarts = true;
    int from = 0;
    for (int at : places(text)) {
      lineStarts = encode(text, from, at, encoded, lineStarts);
      if (!lineStarts) {
        encoded.writeBytes(SOFT_BREAK);
        lineStarts = true;
      }
      encoded.write(text, at, LENGTH);
      from = at + LENGTH;
    }
    boolean unused = encode(text, from, text.length, encoded, lineStarts);
    return encoded.toByteArray();
  }

  /** Whether a line starts behind it. */
  private static boolean encode(
      byte[] text, int from, int to, ByteArrayOutputStream encoded, boolean lineStarts) {
    if (from == to) {
      return lineStarts;
    }
    encoded.writeBytes(QuotedPrintable.encode(Arrays.copyOfRange(text, from, to)));
    return text[to - 1] == '\n';
  }

  /** Takes the marks out of a copy, and says where they were. */
  public Cut cut(RawMessage copy) {
    byte[] octets = copy.unsafeBytes();
    List<Integer> places = shown ? places(octets) : List.of();
    if (places.isEmpty()) {
      return new Cut(copy, List.of());
    }
    List<PersonalMark> marks = new ArrayList<>(places.size());
    ByteArrayOutputStream left = new ByteArrayOutputStream(octets.length);
    int from = 0;
    for (int at : places) {
      left.write(octets, from, at - from);
      marks.add(
          new PersonalMark(left.size(), PersonalValue.values()[octets[at + LENGTH - 2] - 'a']));
      from = at + LENGTH;
    }
    left.write(octets, from, octets.length - from);
    return new Cut(RawMessage.wrap(left.toByteArray()), marks);
  }

  private List<Integer> places(byte[] octets) {
    byte[] sought = opening.getBytes(StandardCharsets.US_ASCII);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i + LENGTH <= octets.length; i++) {
      if (octets[i] == '{' && Arrays.equals(octets, i, i + sought.length, sought, 0, HASH + 1)) {
        places.add(i);
        i += LENGTH - 1;
      }
    }
    return places;
  }
}
