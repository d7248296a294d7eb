package org.milena.listexpander.bounce.reading;

import java.util.List;
import java.util.Optional;
import org.milena.common.mail.MailAddress;

/** What a mail to a bounce address turns out to be. */
public sealed interface Returned {

  /**
   * A mail could not be delivered.
   *
   * @param recipients at least one, and at least one of them is not {@link FailureClass#DELAYED}
   */
  record Failed(List<ReturnedRecipient> recipients, OriginalMail original) implements Returned {
    public Failed {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * A mail waits; its host still tries.
   *
   * @param recipients at least one
   */
  record Delayed(List<ReturnedRecipient> recipients, OriginalMail original) implements Returned {
    public Delayed {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * A mail was delivered, passed on or expanded, and someone had asked to be told (RFC 3464 section
   * 2.3.3).
   *
   * @param recipients at least one
   */
  record Delivered(List<ReturnedRecipient> recipients, OriginalMail original) implements Returned {
    public Delivered {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * A reader complained, or asked the provider to be left alone (RFC 5965).
   *
   * @param feedbackType lower case; {@code abuse}, {@code opt-out}, {@code fraud}, ...
   * @param recipients who complained; often hidden by the provider
   */
  record Complaint(String feedbackType, List<MailAddress> recipients, OriginalMail original)
      implements Returned {
    public Complaint {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * A machine answered in the place of a person (RFC 3834).
   *
   * @param author whose machine
   */
  record AutoReply(Optional<MailAddress> author) implements Returned {}

  /**
   * A mail was shown, deleted or otherwise disposed of (RFC 8098).
   *
   * @param disposition its type, lower case: {@code displayed}, {@code deleted}, ...
   */
  record ReadReceipt(Optional<MailAddress> recipient, String disposition, OriginalMail original)
      implements Returned {}

  /**
   * A domain was told of mail in its name that failed, or of all such mail of a day: RFC 6591, RFC
   * 9990, and of TLS failures RFC 8460.
   */
  record DmarcReport() implements Returned {}

  /** None of these; most likely a person wrote it. */
  record NotABounce() implements Returned {}
}
