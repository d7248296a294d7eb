package org.milena.ingress.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.session.Command.Parameter;

/**
 * What MAIL says beside the path.
 *
 * @param size octets announced; 0 when nothing was (RFC 1870)
 * @param eightBit BODY=8BITMIME (RFC 6152)
 * @param smtpUtf8 RFC 6531
 * @param refusal why they can't be taken; the others mean nothing then
 */
record MailParameters(long size, boolean eightBit, boolean smtpUtf8, @Nullable SmtpReply refusal) {

  /** RFC 1870 section 3: at most 20 digits. */
  private static final int MAX_SIZE_DIGITS = 20;

  /** A number that is larger than any limit. */
  private static final long HUGE = Long.MAX_VALUE;

  private static MailParameters refused(SmtpReply reply) {
    return new MailParameters(0, false, false, reply);
  }

  /**
   * Reads them.
   *
   * @param extended whether EHLO was said, so that they were offered at all
   * @param authOffered whether AUTH was (RFC 4954 section 5)
   */
  static MailParameters read(List<Parameter> parameters, boolean extended, boolean authOffered) {
    long size = 0;
    boolean eightBit = false;
    boolean smtpUtf8 = false;
    for (Parameter parameter : parameters) {
      if (!extended) {
        return refused(Replies.PARAMETER_UNKNOWN);
      }
      String value = parameter.value();
      switch (parameter.keyword()) {
        case "SIZE" -> {
          size = value == null ? -1 : size(value);
          if (size < 0) {
            return refused(Replies.PARAMETER_VALUE);
          }
        }
        case "BODY" -> {
          eightBit = "8BITMIME".equalsIgnoreCase(value);
          if (!eightBit && !"7BIT".equalsIgnoreCase(value)) {
            return refused(Replies.PARAMETER_VALUE);
          }
        }
        case "SMTPUTF8" -> {
          smtpUtf8 = true;
          if (value != null) {
            return refused(Replies.PARAMETER_VALUE);
          }
        }
        case "AUTH" -> {
          // who wrote it first, says the client; nothing we do depends on it
          if (!authOffered) {
            return refused(Replies.PARAMETER_UNKNOWN);
          }
          if (value == null) {
            return refused(Replies.PARAMETER_VALUE);
          }
        }
        default -> {
          return refused(Replies.PARAMETER_UNKNOWN);
        }
      }
    }
    return new MailParameters(size, eightBit, smtpUtf8, null);
  }

  /** The number, {@link #HUGE} when it does not fit, -1 when it is none. */
  private static long size(String digits) {
    if (digits.length() > MAX_SIZE_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return digits.length() > 18 ? HUGE : Long.parseLong(digits);
  }
}
