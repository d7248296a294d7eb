package org.milena.common.status;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reply of an SMTP server (RFC 5321 section 4.2), ours or one we were given.
 *
 * @param code 200 to 599
 * @param status the enhanced code, absent in the greeting, in replies to HELO and EHLO and in 3yz
 *     replies (RFC 2034 section 4); its class is the first digit of {@code code}
 * @param lines the text of each line without codes, at least one; line breaks in it begin a new
 *     line, other control characters become a question mark
 */
public record SmtpReply(int code, @Nullable EnhancedStatus status, List<String> lines) {

  /** What fits on a line beside its CRLF (RFC 5321 section 4.5.3.1.5). */
  private static final int MAX_LINE = 510;

  /**
   * Checks the codes and makes the text harmless.
   *
   * @throws IllegalArgumentException when the code is out of range or the status of another class
   */
  public SmtpReply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("an SMTP reply code is 200 to 599, not " + code);
    }
    if (status != null && status.classDigit() != code / 100) {
      throw new IllegalArgumentException(
          "status " + status + " does not go with code " + code + " (RFC 2034 section 4)");
    }
    lines = harmless(lines);
  }

  /**
   * A reply with an enhanced code.
   *
   * @throws IllegalArgumentException when the codes are wrong or do not go together
   */
  public static SmtpReply of(int code, String enhanced, String text) {
    return new SmtpReply(code, EnhancedStatus.of(enhanced), List.of(text));
  }

  /**
   * A reply without an enhanced code: greeting, HELO, EHLO, 3yz.
   *
   * @throws IllegalArgumentException when the code is out of range
   */
  public static SmtpReply plain(int code, String... lines) {
    return new SmtpReply(code, null, List.of(lines));
  }

  /**
   * A reply another host gave: the enhanced code is read from the first line, if it is there and of
   * the right class, and taken off each line.
   *
   * @param code 200 to 599
   * @param texts what followed the code and its separator on each line
   * @throws IllegalArgumentException when the code is out of range
   */
  public static SmtpReply received(int code, List<String> texts) {
    EnhancedStatus status =
        (texts.isEmpty()
                ? Optional.<EnhancedStatus>empty()
                : EnhancedStatus.leading(texts.getFirst()))
            .filter(found -> found.classDigit() == code / 100)
            .orElse(null);
    if (status == null) {
      return new SmtpReply(code, null, texts);
    }
    var rest = new ArrayList<String>(texts.size());
    for (String text : texts) {
      boolean repeated = EnhancedStatus.leading(text).filter(status::equals).isPresent();
      int space = text.indexOf(' ');
      rest.add(!repeated ? text : space < 0 ? "" : text.substring(space + 1));
    }
    return new SmtpReply(code, status, rest);
  }

  private static List<String> harmless(List<String> texts) {
    var lines = new ArrayList<String>(texts.size());
    for (String text : texts) {
      for (String line : text.split("\r\n|\r|\n", -1)) {
        lines.add(withoutControls(line));
      }
    }
    return lines.isEmpty() ? List.of("") : List.copyOf(lines);
  }

  private static String withoutControls(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (isControl(line.charAt(i))) {
        var clean = new StringBuilder(line);
        for (int j = i; j < clean.length(); j++) {
          if (isControl(clean.charAt(j))) {
            clean.setCharAt(j, '?');
          }
        }
        return clean.toString();
      }
    }
    return line;
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || (c >= 0x7F && c <= 0x9F);
  }

  /**
   * The lines to send, each without its CRLF and at most 510 octets long in UTF-8; a longer text
   * goes on in the next line. Every line has the codes (RFC 2034 section 4).
   */
  public List<String> wireLines() {
    String prefix = status == null ? "" : status + " ";
    int room = MAX_LINE - 4 - prefix.length();
    var texts = new ArrayList<String>(lines.size());
    lines.forEach(line -> split(line, room, texts));
    var wire = new ArrayList<String>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      String separator = i + 1 < texts.size() ? "-" : " ";
      wire.add(code + separator + prefix + texts.get(i));
    }
    return List.copyOf(wire);
  }

  /** At spaces where there are any, never inside a character. */
  private static void split(String line, int room, List<String> into) {
    int start = 0;
    int space = -1;
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      int width = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (octets + width > room) {
        int cut = space > start ? space : i;
        into.add(line.substring(start, cut));
        start = cut == space ? cut + 1 : cut;
        octets = line.substring(start, i).getBytes(StandardCharsets.UTF_8).length;
        space = -1;
      }
      if (c == ' ') {
        space = i;
      }
      octets += width;
      i += Character.charCount(c);
    }
    into.add(line.substring(start));
  }

  /** 2yz or 3yz: done, or go on. */
  public boolean positive() {
    return code < 400;
  }

  /** 4yz: the same again may succeed later. */
  public boolean transientFailure() {
    return code >= 400 && code < 500;
  }

  /** 5yz: the same again will fail. */
  public boolean permanentFailure() {
    return code >= 500;
  }

  /** Whether the failure lasts; empty for a positive reply. */
  public Optional<Permanence> permanence() {
    return positive()
        ? Optional.empty()
        : Optional.of(permanentFailure() ? Permanence.PERMANENT : Permanence.TRANSIENT);
  }

  /** For logs: the lines as sent, joined by a space. */
  @Override
  public String toString() {
    return String.join(" / ", wireLines());
  }
}
