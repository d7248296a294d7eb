package org.milena.common.mail;

import java.util.List;
import java.util.Optional;

/**
 * The author's name for a message (RFC 5322 section 3.6.4), without its angle brackets.
 *
 * <p>Case counts. What the header has between the brackets is taken as it is, since programs put
 * there what they like; only white space, which folding leaves behind, is no part of an id.
 *
 * @param value not empty, at most {@value #MAX_LENGTH} characters, without white space, control
 *     characters and angle brackets
 */
public record MessageId(String value) {

  /**
   * Twice what fits on a line (RFC 5322 section 2.1.1); longer ones are attacks on indexes. One
   * that is read and is longer counts as the SHA-256 of it {@code @long-message-id.invalid}: so two
   * of them stay apart, and answers find what they answer.
   */
  public static final int MAX_LENGTH = 2000;

  /**
   * Checks the characters and the length.
   *
   * @throws IllegalArgumentException when one of them is wrong
   */
  public MessageId {
    if (!MessageIdParser.isValue(value)) {
      throw new IllegalArgumentException(
          "a message id is 1 to 2000 characters without spaces, controls and angle brackets");
    }
  }

  /**
   * The id in a {@code Message-ID} field: the first one in angle brackets, else the first word.
   * Empty when there is nothing that could be one.
   */
  public static Optional<MessageId> parse(String headerValue) {
    return MessageIdParser.first(headerValue);
  }

  /**
   * The ids in a {@code References} or {@code In-Reply-To} field, in their order and each once.
   *
   * <p>Words, dates, comments and quoted text around them are skipped ({@code Message from X of
   * "Friday" <id@host>}, RFC 822 style). Without any bracket the words are ids if each has an
   * {@code @}, as some web clients write them, or if there is only one.
   */
  public static List<MessageId> parseAll(String headerValue) {
    return MessageIdParser.all(headerValue);
  }

  /** With angle brackets, as it stands in a header field. */
  @Override
  public String toString() {
    return "<" + value + ">";
  }
}
