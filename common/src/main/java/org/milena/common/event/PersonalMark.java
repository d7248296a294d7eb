package org.milena.common.event;

/**
 * A place in a message where each copy says something of its recipient. It is the start of a line
 * of a part in quoted-printable and UTF-8; what is put there is whole lines that end in soft line
 * breaks (RFC 2045 section 6.7).
 *
 * <p>A place is a number and no text, so nobody can write one into a message.
 *
 * @param at octets of the message before it
 */
public record PersonalMark(int at, PersonalValue value) {

  public PersonalMark {
    if (at < 0) {
      throw new IllegalArgumentException("a place before the message: " + at);
    }
  }
}
