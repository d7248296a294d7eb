package org.milena.listexpander.submission;

import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;

/** What became of a post that was written on the web. */
public sealed interface SubmissionOutcome {

  /** It is durable, and on its way. */
  record Taken(MailId mail, MessageId id) implements SubmissionOutcome {}

  /** Its key is of another day, so that what it repeats might not be known any more. */
  record WrongDay() implements SubmissionOutcome {}

  /** The account has sent as many as it may for now. */
  record TooMany() implements SubmissionOutcome {}

  /** As a mail it is larger than the site takes. */
  record TooLarge() implements SubmissionOutcome {}
}
