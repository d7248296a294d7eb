package org.milena.listexpander.bounce.reading;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;

/**
 * Why a mail failed, from the codes and words of a report.
 *
 * @param failure empty when neither codes nor words tell
 * @param text what was looked at
 */
record Diagnosis(
    Optional<EnhancedStatus> status,
    Optional<SmtpReply> reply,
    Optional<FailureClass> failure,
    String text) {

  private static final int MAX_TEXT = 4000;

  /**
   * A reply code where replies stand: at the start of a line, after a colon, a bracket, an arrow.
   */
  private static final Pattern REPLY =
      Pattern.compile(
          "(?m)(?:^\\s{0,20}|[:;<>'\"(\\]}.] ?|said |by |was |reason |returned )([45]\\d\\d)(?=["
              + " :\\-,]|$)");

  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d]|\\.\\d)");

  private static final Pattern URL = Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S{1,500}");

  /** What is left of a reply that goes over several lines, in one. */
  private static final Pattern CONTINUED = Pattern.compile("(?<=\\s)[45]\\d\\d-(?=\\d\\.|\\s|$)");

  /** Looks for codes and words in prose about one recipient. */
  static Diagnosis of(Optional<EnhancedStatus> told, String prose) {
    return of(told, prose, prose);
  }

  /**
   * Looks for codes and words.
   *
   * @param told the code of the field {@code Status}, if there is one
   * @param text a reply
   * @param around where the reply stands, which may tell to what it was the answer
   */
  static Diagnosis of(Optional<EnhancedStatus> told, String text, String around) {
    String bounded = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    Optional<EnhancedStatus> quoted = status(bounded);
    // a code without detail only says that it failed; the host's own words know more
    Optional<EnhancedStatus> status =
        told.filter(code -> !isGeneric(code))
            .filter(code -> quoted.filter(other -> overrules(other, code)).isEmpty())
            .or(() -> quoted)
            .or(() -> told);
    Optional<SmtpReply> reply = reply(bounded);
    return new Diagnosis(status, reply, failure(status, reply, bounded, around), bounded);
  }

  /** Takes the other's answer where this one has none. */
  Diagnosis or(Diagnosis other) {
    return failure.isPresent()
        ? this
        : new Diagnosis(
            status.filter(code -> !isGeneric(code)).or(() -> other.status).or(() -> status),
            reply.or(() -> other.reply),
            other.failure,
            text.isBlank() ? other.text : text);
  }

  private static boolean isGeneric(EnhancedStatus status) {
    return status.subject() == 0 && status.detail() == 0;
  }

  /** Ours and theirs differ: a host far away refused for policy, or the time ran out. */
  private static boolean overrules(EnhancedStatus quoted, EnhancedStatus told) {
    boolean givenUp = told.subject() == 4 && told.detail() == 7;
    return !isGeneric(quoted) && (quoted.subject() == 7 || givenUp);
  }

  /** The first code that says more than that it failed. */
  private static Optional<EnhancedStatus> status(String text) {
    Matcher codes = STATUS.matcher(text);
    Optional<EnhancedStatus> generic = Optional.empty();
    while (codes.find()) {
      Optional<EnhancedStatus> found = EnhancedStatus.parse(codes.group());
      if (found.filter(code -> !isGeneric(code)).isPresent()) {
        return found;
      }
      generic = generic.or(() -> found);
    }
    return generic;
  }

  private static Optional<SmtpReply> reply(String text) {
    Matcher code = REPLY.matcher(text);
    if (!code.find()) {
      return Optional.empty();
    }
    int end = text.indexOf('\n', code.end(1));
    String rest = text.substring(code.end(1), end < 0 ? text.length() : end);
    String words = rest.isEmpty() ? "" : rest.substring(1).strip();
    return Optional.of(SmtpReply.received(Integer.parseInt(code.group(1)), List.of(words)));
  }

  private static Optional<FailureClass> failure(
      Optional<EnhancedStatus> status, Optional<SmtpReply> reply, String text, String around) {
    String words = words(text);
    if (Phrases.namesBlockList(text.toLowerCase(Locale.ROOT))) {
      return Optional.of(FailureClass.POLICY);
    }
    boolean mayPass =
        status
            .map(code -> code.classDigit() == 4)
            .orElseGet(() -> reply.filter(SmtpReply::transientFailure).isPresent());
    return Phrases.failure(words)
        .map(found ->
            found != FailureClass.HARD
                ? found
                // what may pass is not dead, whatever they call it
                : mayPass ? FailureClass.SOFT : dead(status, around))
        .or(() -> status.flatMap(Diagnosis::ofStatus))
        .or(() -> reply.flatMap(Diagnosis::ofReply));
  }

  /** What it is worth that a host calls an address unknown. */
  private static FailureClass dead(Optional<EnhancedStatus> status, String around) {
    if (status.isPresent()) {
      EnhancedStatus code = status.get();
      switch (code.subject()) {
        case 1 -> {
          return FailureClass.HARD;
        }
        case 2 -> {
          // the mailbox is there (RFC 3463 section 3.3); 5.2.1 is what some say of a deleted one
          return code.detail() == 1 ? FailureClass.HARD : FailureClass.SOFT;
        }
        case 7 -> {
          // 5.7.27 is about null MX (RFC 7505 section 6), which is no policy of ours or theirs
          return code.detail() == 27 ? FailureClass.HARD : FailureClass.POLICY;
        }
        default -> {}
      }
    }
    // it had taken RCPT, so it knows the address: phone networks hide a filter behind these words
    return Phrases.afterContent(words(around)) ? FailureClass.SOFT : FailureClass.HARD;
  }

  /** Lower case, on one line, without what only looks like words: addresses, links. */
  private static String words(String text) {
    String plain = URL.matcher(ReportAddresses.without(text)).replaceAll(" ");
    String lower = plain.toLowerCase(Locale.ROOT);
    StringBuilder words = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      boolean space = c <= ' ' || c == '\u00A0';
      if (!space) {
        words.append(c == '\u2019' ? '\'' : c);
      } else if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    return CONTINUED.matcher(words).replaceAll("");
  }

  /** The register of RFC 3463 section 3 and its additions, as far as they accuse anybody. */
  private static Optional<FailureClass> ofStatus(EnhancedStatus status) {
    if (isGeneric(status) || status.classDigit() == 2) {
      return Optional.empty();
    }
    boolean lasts = status.classDigit() == 5;
    return Optional.of(
        switch (status.subject()) {
          case 1 ->
              switch (status.detail()) {
                // 5.1.7 and 5.1.8 are about the sender (RFC 3463 section 3.2)
                case 7, 8 -> FailureClass.POLICY;
                default -> lasts ? FailureClass.HARD : FailureClass.SOFT;
              };
          // unable to route: no such host
          case 4 -> lasts && status.detail() == 4 ? FailureClass.HARD : FailureClass.SOFT;
          case 7 -> FailureClass.POLICY;
          default -> FailureClass.SOFT;
        });
  }

  private static Optional<FailureClass> ofReply(SmtpReply reply) {
    return switch (reply.code()) {
      case 521, 535, 571 -> Optional.of(FailureClass.POLICY);
      case 551 -> Optional.of(FailureClass.HARD);
      // any failure at all, nothing told of whose
      case 500, 501, 502, 503, 504, 550, 553, 554 -> Optional.empty();
      default -> Optional.of(FailureClass.SOFT);
    };
  }
}
