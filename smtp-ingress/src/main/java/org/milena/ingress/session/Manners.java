package org.milena.ingress.session;

import org.milena.common.status.SmtpReply;
import org.milena.ingress.policy.Patience;

/** How a session answers what does not go well, and when it has had enough. */
final class Manners {
  private final Patience patience;

  Manners(Patience patience) {
    this.patience = patience;
  }

  /** A command that moves no mail. */
  Step junk(SmtpReply reply) {
    patience.junk();
    return unlessExhausted(Step.then(Step.Next.COMMAND, reply));
  }

  /** A command that was answered as it should be, but brings no mail nearer. */
  Step fruitless(SmtpReply reply) {
    patience.fruitless();
    return unlessExhausted(Step.then(Step.Next.COMMAND, reply));
  }

  /** Says no, or later. */
  Step refuse(SmtpReply reply) {
    if (!reply.permanentFailure()) {
      return fruitless(reply);
    }
    patience.refused();
    return unlessExhausted(new Step(reply, Step.Next.COMMAND, patience.wearingThin()));
  }

  /** A login came to its end, well or not. */
  Step endLogin(SmtpReply reply) {
    if (reply.code() < 400) {
      return Step.then(Step.Next.COMMAND, reply);
    }
    if (reply.permanentFailure()) {
      patience.authFailed();
      if (patience.exhausted()) {
        return Step.then(Step.Next.CLOSE, Replies.TOO_MANY_LOGINS);
      }
    }
    return refuse(reply);
  }

  /** A mail was taken. */
  Step taken(SmtpReply reply) {
    patience.mailTaken();
    return Step.then(Step.Next.COMMAND, reply);
  }

  private Step unlessExhausted(Step step) {
    return patience.exhausted() ? Step.then(Step.Next.CLOSE, Replies.TOO_MANY_ERRORS) : step;
  }
}
